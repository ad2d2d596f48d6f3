import type { DiffAnswer } from '@heaptrail/core';
import { describe, expect, it } from 'vitest';
import { renderDiff } from './render-diff.ts';
import { LOOK, sampleHeap } from './sample-heap.ts';

const places = (inAnswer: number, more: number): DiffAnswer => ({
  heaps: [sampleHeap, sampleHeap],
  by: 'place',
  rows: [],
  rest: { types: 0, objects: 0, shallowBytes: 0 },
  unchangedTypes: 0,
  limits: [],
  survivors: null,
  places: {
    changes: Array.from({ length: inAnswer }, (_, i) => ({ path: [`p${i}`], objects: [0, 1], shallowBytes: [0, 16], entries: [0, 0] })),
    more,
    unchanged: 0,
  },
});
const cutLine = (answer: DiffAnswer): string | undefined =>
  renderDiff(answer, LOOK)
    .split('\n')
    .find((line) => line.includes('more places'));

describe('what a comparison leaves out', () => {
  it('is counted right when fewer were asked for than a page has room for', () => {
    expect(cutLine(places(3, 40))).toBe('… and 40 more places; --json --limit 43 has them all');
    expect(cutLine(places(15, 0))).toBe('… and 3 more places; --json has them all');
    expect(cutLine(places(3, 0))).toBeUndefined();
  });
});
