import { describe, expect, it } from 'vitest';
import { trialOrder } from './trial-order.ts';

describe('the order of settings', () => {
  const settings = ['a', 'b', 'c', 'd'];

  it('has each setting once in each round', () => {
    for (let round = 0; round < 20; round++) expect(trialOrder(settings, round).sort()).toEqual(settings);
  });

  it('brings each setting to each place equally often', () => {
    for (let place = 0; place < 4; place++) {
      const seen = Array.from({ length: 8 }, (_, round) => trialOrder(settings, round)[place]);
      expect(seen.sort().join('')).toBe('aabbccdd');
    }
  });

  it('turns around every second time', () => {
    expect([0, 1, 2].map((round) => trialOrder(settings, round).join(''))).toEqual(['abcd', 'dcba', 'bcda']);
  });
});
