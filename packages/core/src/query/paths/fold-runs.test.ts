import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldRuns } from './fold-runs.ts';

/** `xaaay` as `x a×3 y`. */
const folded = (text: string): string =>
  foldRuns(Array.from(text))
    .map(({ start, steps, times }) => text.slice(start, start + steps) + (times === 1 ? '' : `×${times}`))
    .join(' ');

describe('runs of a path', () => {
  it('are folded where one, two or three steps repeat', () => {
    expect(folded('xaaaay')).toBe('x a×4 y');
    expect(folded('xababababy')).toBe('x ab×4 y');
    expect(folded('xabcabcabcy')).toBe('x abc×3 y');
  });

  it('are not folded below three repetitions, nor where more than three steps repeat', () => {
    expect(folded('xaayababzabcabc')).toBe('x a a y a b a b z a b c a b c');
    expect(folded('abcdabcdabcd')).toBe('a b c d a b c d a b c d');
  });

  it('keep what breaks off in the middle, and begin again after another step', () => {
    expect(folded('abababa')).toBe('ab×3 a');
    expect(folded('aaabaaa')).toBe('a×3 b a×3');
    expect(folded('aaabbbababab')).toBe('a×3 b×3 ab×3');
  });

  it('say the sequence and nothing else', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 40 }), (entries) => {
        const runs = foldRuns(entries);
        const unfolded = runs.flatMap(({ start, steps, times }) =>
          Array.from({ length: times }, () => entries.slice(start, start + steps)),
        );
        expect(unfolded.flat()).toEqual(entries);
        for (const { steps, times } of runs) expect(times === 1 ? steps === 1 : times >= 3 && steps <= 3).toBe(true);
      }),
      { seed: 1 },
    );
  });
});
