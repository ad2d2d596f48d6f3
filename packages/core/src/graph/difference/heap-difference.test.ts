import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dominators } from '../dominators/index.ts';
import type { HeapType } from '../heap-graph.ts';
import { parseGraph } from '../text-notation.ts';
import { bornBetween, differenceRows, heapDifference, identitiesOf, knownObjects, type HeapIdentities } from './index.ts';

const heapOf = (text: string): HeapIdentities => identitiesOf(parseGraph(text).graph);

describe('difference of heaps of one process', () => {
  const first = 'module app = m\nm .a a\na: Session 100\nm .b b\nb: Session 100\nm .l l\nl: list 80';
  const second =
    'module app = m\nm .a a\na: Session 140\nm .c c\nc: Session 100\nm .d d\nd: Session 100\nm .l l\nl: list 800\nm .b b\nb: Other 100';

  it('tells new, freed, kept and grown objects apart', () => {
    const { rows } = differenceRows(heapDifference([heapOf(first), heapOf(second)], { sameProcess: true }), 10);
    const lines = rows.map(
      ({ name, objects, bytes, steps: [step] }) =>
        `${name} ${objects.join(' → ')} objects, ${bytes.join(' → ')} bytes: ${step.newObjects} new ${step.newBytes}, ${step.freedObjects} freed ${step.freedBytes}, ${step.keptObjects} kept, ${step.grownObjects} grown ${step.grownBytes}`,
    );
    expect(lines).toMatchInlineSnapshot(`
      [
        "list 1 → 1 objects, 80 → 800 bytes: 0 new 0, 0 freed 0, 1 kept, 1 grown 720",
        "Session 2 → 3 objects, 200 → 340 bytes: 2 new 200, 1 freed 100, 1 kept, 1 grown 40",
        "Other 0 → 1 objects, 0 → 100 bytes: 1 new 100, 0 freed 0, 0 kept, 0 grown 0",
      ]
    `);
  });

  it('says nothing of single objects when the processes differ', () => {
    const difference = heapDifference([heapOf(first), heapOf(second)], { sameProcess: false });
    expect(difference.steps).toEqual([]);
    const { rows, rest, unchangedTypes } = differenceRows(difference, 1);
    expect(rows.map(({ name, objects, bytes, steps }) => ({ name, objects, bytes, steps }))).toEqual([
      { name: 'list', objects: [1, 1], bytes: [80, 800], steps: [] },
    ]);
    expect([rest, unchangedTypes]).toEqual([{ types: 2, objects: 2, bytes: 240 }, 1]);
  });

  it('follows a type through more than two heaps', () => {
    const heaps = ['a1: A', 'a1: A\na2: A', 'a2: A\na3: A\na4: A'].map(heapOf);
    const { rows } = differenceRows(heapDifference(heaps, { sameProcess: true }), 5);
    expect(rows[0].objects).toEqual([1, 2, 3]);
    expect(rows[0].steps.map(({ newObjects, freedObjects, keptObjects }) => [newObjects, freedObjects, keptObjects])).toEqual([
      [1, 0, 1],
      [2, 1, 1],
    ]);
  });

  it('leaves out what belongs to heaptrail', () => {
    const { graph } = parseGraph('module app = m\nagent own = o\no .seen s\ns: list');
    const empty = heapOf('module app = m');
    const { rows } = differenceRows(heapDifference([empty, identitiesOf(graph, dominators(graph))], { sameProcess: true }), 5);
    expect(rows).toEqual([]);
  });
});

describe('the rule of three heaps', () => {
  it('marks what was born between the first two and still lives', () => {
    const last = parseGraph('old: A\nleaked: A\nyoung: A\nreused: B');
    const [baseline, target] = ['old: A\nreused: A', 'old: A\nleaked: A\ngone: A\nreused: B'].map((text) => knownObjects(heapOf(text)));
    const marked = bornBetween(baseline, target, last.graph);
    expect(['old', 'leaked', 'young', 'reused'].map((name) => marked[last.node(name)])).toEqual([0, 1, 0, 1]);
  });
});

interface Thing {
  readonly address: number;
  readonly type: number;
  readonly bytes: number;
}

const TYPES: HeapType[] = ['A', 'B', 'C'].map((name) => ({ module: '', name, displayName: name }));

/** Objects with different addresses, as they are in one heap. */
const things = fc.uniqueArray(
  fc.record({ address: fc.integer({ min: 1, max: 40 }), type: fc.nat(2), bytes: fc.integer({ min: 1, max: 9 }) }),
  {
    selector: ({ address }) => address,
    maxLength: 25,
  },
);

/** `turn` shuffles the types of one heap: their numbers mean nothing to another. */
function heapWith(kind: 'id' | 'address', list: readonly Thing[], turn: number): HeapIdentities {
  const addresses = list.map(({ address }) => (kind === 'id' ? address : address * 2 ** 40 + 16));
  return {
    kind,
    address: kind === 'id' ? Uint32Array.from(addresses) : Float64Array.from(addresses),
    typeOf: Uint32Array.from(list, ({ type }) => (type + turn) % 3),
    shallowBytes: Uint32Array.from(list, ({ bytes }) => bytes),
    types: [0, 1, 2].map((index) => TYPES[(index + 3 - turn) % 3]),
    leftOut: undefined,
  };
}

describe('against comparison of all pairs', () => {
  it.each(['id', 'address'] as const)('counts objects and bytes right when identity is an %s', (kind) => {
    fc.assert(
      fc.property(things, things, fc.nat(2), (before, after, turn) => {
        const { types, steps } = heapDifference([heapWith(kind, before, 0), heapWith(kind, after, turn)], { sameProcess: true });
        const isSame = (a: Thing, b: Thing): boolean => a.address === b.address && (kind === 'id' || a.type === b.type);
        for (const [index, { name }] of types.entries()) {
          const ofType = (list: readonly Thing[]): Thing[] => list.filter(({ type }) => TYPES[type].name === name);
          const kept = ofType(after).filter((b) => before.some((a) => isSame(a, b)));
          const fresh = ofType(after).filter((b) => !before.some((a) => isSame(a, b)));
          const freed = ofType(before).filter((a) => !after.some((b) => isSame(a, b)));
          const grown = kept.map((b) => b.bytes - before.find((a) => isSame(a, b))!.bytes).filter((gain) => gain > 0);
          const sum = (list: readonly Thing[]): number[] => [list.length, list.reduce((bytes, each) => bytes + each.bytes, 0)];
          const at = (counts: { objects: Uint32Array; bytes: Float64Array }): number[] => [counts.objects[index], counts.bytes[index]];
          expect(at(steps[0].new)).toEqual(sum(fresh));
          expect(at(steps[0].freed)).toEqual(sum(freed));
          expect(at(steps[0].kept)).toEqual(sum(kept));
          expect(at(steps[0].grown)).toEqual([grown.length, grown.reduce((bytes, gain) => bytes + gain, 0)]);
        }
      }),
    );
  });
});
