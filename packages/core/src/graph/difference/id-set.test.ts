import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdSet } from './id-set.ts';

const id = fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }));

describe('a set of object ids', () => {
  it('holds what was added and nothing else', () => {
    fc.assert(
      fc.property(fc.array(id, { maxLength: 3000 }), fc.array(id), (added, others) => {
        const set = IdSet.of(added);
        const oracle = new Set(added);
        for (const each of [...added, ...others]) expect(set.has(each)).toBe(oracle.has(each));
      }),
      { numRuns: 200 },
    );
  });

  it('takes one bit for each object of JavaScript', () => {
    const count = 1_000_000;
    const set = IdSet.of(Uint32Array.from({ length: count }, (_, i) => 2 * i + 1));
    expect(set.sizeBytes).toBeLessThan(count / 8 + 200_000);
  });

  it('takes memory by how many ids there are, not by how large they are', () => {
    const count = 10_000;
    const set = IdSet.of(Uint32Array.from({ length: count }, (_, i) => (4_294_967_295 - 400_000 * i) >>> 0));
    expect(set.sizeBytes).toBeLessThan(400_000);
    expect(set.has(4_294_967_295)).toBe(true);
  });
});
