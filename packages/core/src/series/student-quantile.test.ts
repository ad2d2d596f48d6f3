import { describe, expect, it } from 'vitest';
import { studentQuantile } from './student-quantile.ts';

describe('quantiles of Student’s distribution', () => {
  // Printed tables, for instance NIST's (handbook, 1.3.6.7.2).
  it.each([
    { degrees: 1, share: 0.975, t: 12.7062 },
    { degrees: 2, share: 0.975, t: 4.3027 },
    { degrees: 5, share: 0.975, t: 2.5706 },
    { degrees: 5, share: 0.995, t: 4.0321 },
    { degrees: 10, share: 0.95, t: 1.8125 },
    { degrees: 30, share: 0.999, t: 3.3852 },
    { degrees: 1000, share: 0.975, t: 1.9623 },
  ])('$share with $degrees degrees of freedom is $t', ({ degrees, share, t }) => {
    expect(studentQuantile(share, degrees)).toBeCloseTo(t, 3);
  });

  it('refuses what has no quantile', () => {
    expect(() => studentQuantile(0.5, 3)).toThrow('share 0.5');
    expect(() => studentQuantile(1, 3)).toThrow('share 1');
    expect(() => studentQuantile(0.9, 0)).toThrow('degrees 0');
  });
});
