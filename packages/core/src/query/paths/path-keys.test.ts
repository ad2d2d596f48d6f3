import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breadthFirst } from '../../graph/breadth-first.ts';
import { parseGraph } from '../../graph/text-notation.ts';
import { foldRuns } from './fold-runs.ts';
import { joinedWays } from './joined-ways.ts';
import { PathKeys } from './path-keys.ts';

/** Each text is a path from one root; its letters are references, all to objects of one type. Gives the ways of the ends. */
function waysOf(paths: readonly string[]): { readonly ways: readonly number[]; readonly keys: PathKeys } {
  const lines = new Set(['module app = r']);
  for (const path of paths)
    for (let i = 0; i < path.length; i++)
      lines.add(`${i === 0 ? 'r' : `node:${path.slice(0, i)}`} .${path[i]} node:${path.slice(0, i + 1)}`);
  const types = new Set(paths.flatMap((path) => Array.from(path, (_, i) => `node:${path.slice(0, i + 1)}: Node`)));
  const { graph, node } = parseGraph(['r: Root', ...types, ...lines].join('\n'));
  const keys = new PathKeys(graph, breadthFirst(graph));
  return { ways: paths.map((path) => keys.wayOf(node(`node:${path}`))!), keys };
}

function joinedEnds(...paths: string[]): number {
  const { ways, keys } = waysOf(paths);
  return new Set(ways.map(joinedWays(keys, ways))).size;
}

const longKey = (path: string): string =>
  foldRuns(Array.from(path))
    .map(({ start, steps, times }) => (times === 1 ? path[start] : `(${path.slice(start, start + steps)})`))
    .join('');

describe('ways in which objects are held', () => {
  it('are the same exactly where the folded paths are the same', () => {
    const path = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 24 });
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 2, maxLength: 12 }), (paths) => {
        const { ways } = waysOf(paths);
        const longKeys = paths.map(longKey);
        for (let i = 0; i < paths.length; i++)
          for (let j = 0; j < i; j++) expect(ways[i] === ways[j], `${paths[i]} and ${paths[j]}`).toBe(longKeys[i] === longKeys[j]);
      }),
      { seed: 1 },
    );
  });

  it('are one for all places of a list', () => {
    expect(joinedEnds('hx', 'hnx', 'hnnx', 'hnnnx', 'hnnnnnnx')).toBe(1);
    expect(joinedEnds('hnpx', 'hnpnpx', 'hnpnpnpx', 'hnpnpnpnpx')).toBe(1);
    expect(joinedEnds('hnpqx', 'hnpqnpqnpqx')).toBe(1);
    expect(joinedEnds('hnnnmmmx', 'hnnnmx', 'hnnnnx')).toBe(1);
  });

  it('are several where nothing shows that there is a list', () => {
    expect(joinedEnds('hx', 'hnx', 'hnnx')).toBe(3);
    expect(joinedEnds('hnnnx', 'hnnny', 'gnnnx')).toBe(3);
  });

  it('are not joined without the list where its first entry could not be in place of the others', () => {
    expect(joinedEnds('nnnx', 'nx')).toBe(1);
    expect(joinedEnds('nnnx', 'x')).toBe(2);
  });
});
