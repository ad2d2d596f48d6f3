import { describe, expect, it } from 'vitest';
import { parseGraph } from '../../graph/text-notation.ts';
import { GrowthTracker, type SwellingPlace } from './index.ts';

const MEGABYTE = 1e6;

function swelling(dumps: readonly string[]): readonly SwellingPlace[] {
  const tracker = new GrowthTracker();
  dumps.forEach((text, dump) => tracker.add(parseGraph(text).graph, dump * 1000));
  return tracker.result()!.swelling;
}

const buffer = (bytes: number, name = 'buf'): string => `module app = m\nm .buf ${name}\n${name}: bytearray ${bytes}`;

describe('places that swell', () => {
  it('are those of one object that is larger in every dump (a bytearray that is never cut)', () => {
    expect(swelling([1, 3, 5, 7].map((size) => buffer(size * MEGABYTE)))).toEqual([
      { path: ['module app m', '.buf bytearray'], objects: 1, bytes: [1, 3, 5, 7].map((size) => size * MEGABYTE) },
    ]);
  });

  it('are also those where each time another object stands (a text that is made longer)', () => {
    expect(swelling([1, 3, 5, 7].map((size) => buffer(size * MEGABYTE, `text${size}`)))).toHaveLength(1);
  });

  it('are none that were cut once, or swell by little, or were seen in few dumps', () => {
    expect(swelling([1, 3, 2, 7].map((size) => buffer(size * MEGABYTE)))).toEqual([]);
    expect(swelling([1, 3, 5, 7].map((size) => buffer(size * 1000)))).toEqual([]);
    expect(swelling([1, 3, 5].map((size) => buffer(size * MEGABYTE)))).toEqual([]);
  });

  it('are none where there are more objects: that is growth', () => {
    const more = (n: number): string =>
      `module app = m\nm .all l\nl: list\n${Array.from({ length: n }, (_, i) => `l [${i}] b${i}\nb${i}: bytearray ${MEGABYTE}`).join('\n')}`;
    expect(swelling([1, 3, 5, 7].map(more))).toEqual([]);
  });
});
