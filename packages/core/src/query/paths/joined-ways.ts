import type { PathKeys } from './path-keys.ts';

/**
 * Joins the ways of the first entries of a list to that of the later ones, where there are later ones: one repetition says
 * nothing, but is one and the same thing with the hundred that follow it. Gives the way that stands for each.
 */
export function joinedWays(keys: PathKeys, ways: Iterable<number | undefined>): (way: number) => number {
  const standsFor = new Map<number, number>();
  for (const way of ways) if (way !== undefined) standsFor.set(way, way);
  const resolve = (way: number): number => {
    let at = way;
    for (let next = standsFor.get(at)!; next !== at; next = standsFor.get(at)!) at = next;
    return at;
  };
  for (const way of standsFor.keys()) {
    for (const shorter of keys.shorterWays(way)) {
      const isAlone = standsFor.get(shorter) === shorter;
      if (isAlone && resolve(way) !== shorter) standsFor.set(shorter, way);
    }
  }
  return resolve;
}
