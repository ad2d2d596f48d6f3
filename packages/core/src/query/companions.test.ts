import { describe, expect, it } from 'vitest';
import { GrowthTracker } from '../evidence/growth/index.ts';
import { WaiterTracker } from '../evidence/waiters/index.ts';
import { parseGraph } from '../graph/text-notation.ts';
import { withoutCompanions } from './companions.ts';
import { findingOfGrowth } from './finding-of-growth.ts';

const SIZES = [30, 80, 140, 240, 350];

/** Lines at which what grows was made, the largest number first, of heaps with so many entries. */
function reported(heapAt: (entries: number) => string): readonly string[] {
  const tracker = new GrowthTracker();
  SIZES.forEach((entries, dump) => tracker.add(parseGraph(heapAt(entries)).graph, dump * 10_000));
  const result = tracker.result()!;
  const found = result.growths.flatMap((growth) => {
    const answer = findingOfGrowth(result, growth, new Map());
    return 'finding' in answer ? [{ finding: answer.finding, growth, groups: [] }] : [];
  });
  expect(found).toHaveLength(2);
  return withoutCompanions(found, result.heap, new WaiterTracker().result()).map(
    ({ finding: { type, allocated } }) => `${type} made at ${allocated[0]?.file}:${allocated[0]?.line}`,
  );
}

const entries = (count: number, of: (i: number) => string): string => Array.from({ length: count }, (_, i) => of(i)).join('\n');
/** A handler for each entry; four buffers that native code has had from the start, and one more for each. */
const heap = (count: number, buffersLine: number, buffers = count): string => `module app = m
  m .handlers l
  ${entries(count, (i) => `h${i}: handler\nl [${i}] h${i}\nh${i} @ app.py:4 add < app.py:10 job`)}
  ${entries(buffers + 4, (i) => `native x = b${i}\nb${i}: buffer\nb${i} @ app.py:${buffersLine} job`)}`;

describe('what only native code holds', () => {
  it('is no leak of its own when as many more came, made at a line of the stack of what stays (logging handlers on a StringIO)', () => {
    expect(reported((count) => heap(count, 10))).toEqual(['handler made at app.py:4']);
  });

  it('is one when its line has nothing to do with them', () => {
    expect(reported((count) => heap(count, 20))).toHaveLength(2);
  });

  it('is one when there are more of it than of them', () => {
    expect(reported((count) => heap(count, 10, 2 * count))).toHaveLength(2);
  });
});
