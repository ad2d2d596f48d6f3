import { studentQuantile } from '../../series/student-quantile.ts';
import type { GcTrialChange } from './gc-trial-answer.ts';

const LEVEL = 0.95;

/**
 * The mean of paired ratios, as a change in percent, with Student's interval over their logarithms. `comparisons` is
 * how many such intervals are looked at together (Bonferroni). Undefined for fewer than two pairs.
 */
export function meanChange(ratios: readonly number[], comparisons: number): GcTrialChange | undefined {
  if (ratios.length < 2) return undefined;
  const logarithms = ratios.map((ratio) => Math.log(ratio));
  const mean = logarithms.reduce((sum, each) => sum + each, 0) / logarithms.length;
  const variance = logarithms.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (logarithms.length - 1);
  const t = studentQuantile(1 - (1 - LEVEL) / 2 / Math.max(1, comparisons), logarithms.length - 1);
  const reach = t * Math.sqrt(variance / logarithms.length);
  return { percent: percent(mean), lowPercent: percent(mean - reach), highPercent: percent(mean + reach) };
}

function percent(logarithm: number): number {
  return (Math.exp(logarithm) - 1) * 100;
}
