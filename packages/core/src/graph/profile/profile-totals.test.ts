import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frameAt, framesOf, type AllocationProfile } from './allocation-profile.ts';
import { ProfileBuilder } from './profile-builder.ts';
import { totalBytes, totalCounts, totalsByFunction, totalsByLine, type ProfileTotals } from './profile-totals.ts';
import { programLines } from './program-lines.ts';
import { parseProfile } from './testing/profile-notation.ts';
import { topStacks } from './top-stacks.ts';

const PICTURE = `
  main app.js:1 5B 1x
    load app.js:9 100B 2x
      push :0 40B 1x
      each node:list:3 60B 1x
        load app.js:11 30B 1x
          push :0 20B 1x
    save app.js:20
      write node_modules/db/write.js:7 10B 1x
`;

function shown(profile: AllocationProfile, totals: ProfileTotals): string[] {
  return [...totals.frame].map((frame, at) => {
    const { function: name, file, line } = frameAt(profile, frame);
    return `${name} ${file}:${line} own ${totals.ownBytes[at]} all ${totals.allBytes[at]} counts ${totals.counts?.[at] ?? '-'}`;
  });
}

describe('totals of a profile', () => {
  const profile = parseProfile(PICTURE);

  test('by function: own bytes, and with all that it calls, where recursion counts once', () => {
    expect(shown(profile, totalsByFunction(profile))).toMatchInlineSnapshot(`
      [
        "load app.js:9 own 130 all 250 counts 3",
        "each node:list:3 own 60 all 110 counts 1",
        "push :0 own 60 all 60 counts 2",
        "write node_modules/db/write.js:7 own 10 all 10 counts 1",
        "main app.js:1 own 5 all 265 counts 1",
        "save app.js:20 own 0 all 10 counts 0",
      ]
    `);
  });

  test('by line: two lines of one function are two', () => {
    expect(shown(profile, totalsByLine(profile)).filter((row) => row.startsWith('load'))).toEqual([
      'load app.js:9 own 100 all 250 counts 2',
      'load app.js:11 own 30 all 50 counts 1',
    ]);
  });

  test('where lines are those at which functions begin, two of one name are two', () => {
    const nameless = parseProfile('f a.js:1:4 7B\nf a.js:1:30 8B', { lines: 'function', counted: false, varied: false });
    expect(shown(nameless, totalsByFunction(nameless))).toEqual(['f a.js:1 own 8 all 8 counts -', 'f a.js:1 own 7 all 7 counts -']);
  });

  test('by line of the program: what runtime and packages allocate belongs to the line that called them', () => {
    const { frame, bytes, counts, elsewhereBytes } = programLines(profile);
    const rows = [...frame].map((at, row) => `${frameAt(profile, at).line}: ${bytes[row]} bytes, ${counts?.[row] ?? '-'} samples`);
    expect(rows).toEqual(['9: 200 bytes, 4 samples', '11: 50 bytes, 2 samples', '20: 10 bytes, 1 samples', '1: 5 bytes, 1 samples']);
    expect(elsewhereBytes).toBe(0);
    const foreign = parseProfile('start node:main:1 9B\n  main app.js:1 1B');
    expect(programLines(foreign).elsewhereBytes).toBe(9);
  });

  test('by function of the program, where lines are only those at which functions begin: minified ones share a line', () => {
    const minified = parseProfile('a app.js:1:1 1B\n  b app.js:1:90 2B\n    push :0 4B', { lines: 'function' });
    const { frame, bytes } = programLines(minified);
    expect([...frame].map((at, row) => `${frameAt(minified, at).function} ${bytes[row]}`)).toEqual(['b 6', 'a 1']);
  });

  test('variances add up as bytes do', () => {
    const estimates = parseProfile('f a.js:1 10B 1x ±3\n  push :0 10B 1x ±4');
    expect(totalsByFunction(estimates).variance).toEqual(Float64Array.of(9, 16));
    expect(programLines(estimates).variance).toEqual(Float64Array.of(25));
  });

  test('the whole, and the stacks that allocated most', () => {
    expect([totalBytes(profile), totalCounts(profile)]).toEqual([265, 8]);
    expect(topStacks(profile).map((stack) => framesOf(profile, stack, 2).map((frame) => frame.function))).toEqual([
      ['load', 'main'],
      ['each', 'load'],
      ['push', 'load'],
      ['load', 'each'],
      ['push', 'load'],
      ['write', 'save'],
      ['main'],
    ]);
  });

  test('an empty profile has totals of nothing', () => {
    const empty = parseProfile('');
    expect([totalBytes(empty), totalsByFunction(empty).count, programLines(empty).count, topStacks(empty)]).toEqual([0, 0, 0, []]);
  });
});

/** Parents before children; a frame and bytes for each. */
const trees = fc.array(fc.record({ caller: fc.nat(1000), frame: fc.nat(4), bytes: fc.nat(50) }), { maxLength: 40 });

test('totals are those that every stack, looked at alone, adds up to', () => {
  fc.assert(
    fc.property(trees, (tree) => {
      const builder = new ProfileBuilder();
      for (const { caller, frame, bytes } of tree) {
        const stack = builder.addStack(caller % builder.stackCount);
        builder.setFrame(stack, builder.frames.add({ function: `f${frame}`, file: frame === 0 ? 'node:x' : 'a.js', line: frame + 1 }));
        builder.addBytes(stack, bytes);
      }
      const facts = { basis: 'counted', scope: 'live', lines: 'statement', gaps: [], counted: false, varied: false } as const;
      const profile = builder.finish({ ...facts, isLibraryFrame: ({ file }) => file !== 'a.js' });
      const own = new Map<string, number>();
      const all = new Map<string, number>();
      const program = new Map<number, number>();
      const add = <Key>(sums: Map<Key, number>, key: Key, bytes: number) => sums.set(key, (sums.get(key) ?? 0) + bytes);
      for (let stack = 1; stack < profile.stacks.count; stack++) {
        const frames = framesOf(profile, stack, Infinity);
        add(own, frames[0].function, profile.bytes[stack]);
        for (const name of new Set(frames.map((frame) => frame.function))) add(all, name, profile.bytes[stack]);
        add(program, frames.find(({ file }) => file === 'a.js')?.line ?? 0, profile.bytes[stack]);
      }
      const totals = totalsByFunction(profile);
      for (let at = 0; at < totals.count; at++) {
        const { function: name } = frameAt(profile, totals.frame[at]);
        expect([totals.ownBytes[at], totals.allBytes[at]]).toEqual([own.get(name), all.get(name)]);
        all.delete(name);
      }
      expect([...all.values()].every((bytes) => bytes === 0)).toBe(true);
      const lines = programLines(profile);
      expect(lines.elsewhereBytes).toBe(program.get(0) ?? 0);
      for (let at = 0; at < lines.count; at++) expect(lines.bytes[at]).toBe(program.get(frameAt(profile, lines.frame[at]).line));
    }),
    { seed: 20261121, numRuns: 400 },
  );
});

test('a stack of a million frames is added up without recursion', () => {
  const builder = new ProfileBuilder();
  for (let depth = 0; depth < 1_000_000; depth++) {
    const stack = builder.addStack(depth);
    builder.setFrame(stack, builder.frames.add({ function: `f${depth % 3}`, file: 'a.js', line: 1 }));
    builder.addBytes(stack, 1);
  }
  const facts = {
    basis: 'counted',
    scope: 'live',
    lines: 'statement',
    gaps: [],
    counted: false,
    varied: false,
    isLibraryFrame: () => false,
  } as const;
  const profile = builder.finish(facts);
  expect([...totalsByFunction(profile).allBytes]).toEqual([1_000_000, 999_999, 999_998]);
  expect(framesOf(profile, 1_000_000, 3)).toHaveLength(3);
});
