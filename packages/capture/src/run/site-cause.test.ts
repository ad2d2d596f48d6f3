import { describe, expect, it } from 'vitest';
import { CounterWatch } from './site-cause.ts';

function grows(...values: (number | null)[]): boolean {
  const watch = new CounterWatch();
  for (const value of values) watch.add(value);
  return watch.grows;
}

describe('CounterWatch', () => {
  it('gives cause after three rises in a row', () => expect(grows(1, 2, 3, 4)).toBe(true));
  it('gives cause for a slow climb with flat stretches', () => expect(grows(1, 1, 1, 2, 2, 2, 3, 3, null, 4)).toBe(true));
  it('gives none for a pool that breathes', () => expect(grows(5, 7, 6, 8, 5, 7, 6, 8)).toBe(false));
  it('gives none for rises that stay below what it was before', () => expect(grows(90, 10, 20, 30, 40)).toBe(false));
  it('gives none where nothing is counted', () => expect(grows(null, null, null, null)).toBe(false));
});
