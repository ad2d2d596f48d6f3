import type { Links } from './regions.ts';

/** Growing places that are one growth: the same objects, seen from several holders. Indices into the growing places. */
export interface GrowthGroup {
  /** Holds the objects. */
  readonly primary: number;
  /** Hold them as well: every one would have to let go. */
  readonly otherHolders: readonly number[];
  /** Only follow them: weak containers and their keys. They fold away. */
  readonly mirrors: readonly number[];
}

/** For two places to be one growth: this share of the objects of one must each refer to an object of the other's own. */
const SAME_OBJECTS = 0.5;

/**
 * Groups growing places that refer to each other's objects. `gains[i]` is the number of objects (or entries) that place i gained,
 * `better(a, b)` is negative when a makes the better name for a finding. A place that refers to the others only weakly holds nothing.
 */
export function groupMirrors(gains: readonly number[], links: Links, better: (a: number, b: number) => number): readonly GrowthGroup[] {
  const count = gains.length;
  const leader = Array.from({ length: count }, (_, i) => i);
  const find = (i: number): number => {
    while (leader[i] !== i) i = leader[i] = leader[leader[i]]!;
    return i;
  };
  const followsWeakly = new Uint8Array(count);
  for (let from = 0; from < count; from++) {
    for (let to = 0; to < count; to++) {
      if (from === to) continue;
      const enough = SAME_OBJECTS * gains[from];
      const strong = links.strong(from, to);
      const weak = links.weak(from, to);
      if (enough === 0 || strong + weak < enough) continue;
      leader[find(from)] = find(to);
      // What is held in turn by those whose objects it follows has a part in keeping them.
      if (strong < enough && links.strong(to, from) < SAME_OBJECTS * gains[to]) followsWeakly[from] = 1;
    }
  }
  const groups = new Map<number, number[]>();
  for (let i = 0; i < count; i++) {
    const members = groups.get(find(i));
    if (members === undefined) groups.set(find(i), [i]);
    else members.push(i);
  }
  return [...groups.values()].map((group) => {
    const holding = group.filter((i) => followsWeakly[i] === 0).sort(better);
    const holders = holding.length > 0 ? holding : [...group].sort(better);
    return { primary: holders[0], otherHolders: holders.slice(1), mirrors: group.filter((i) => !holders.includes(i)) };
  });
}
