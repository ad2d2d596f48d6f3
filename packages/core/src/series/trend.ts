import { spanSeconds, type Columns } from './columns.ts';
import { lag1Correlation, mannKendall } from './mann-kendall.ts';
import { residualsOfBend } from './bend.ts';
import { residualsOf, theilSen } from './theil-sen.ts';

/** A line through an envelope, and how sure it is. */
export interface Trend {
  readonly perSecond: number;
  readonly interval: readonly [number, number];
  /** Standard deviations above chance, with neighbours that resemble each other allowed for. */
  readonly z: number;
  /** One standard error of the slope, from what the line leaves over. */
  readonly standardErrorPerSecond: number;
  /** What the line rises in the window. */
  readonly rise: number;
  /** Share of the squares about the mean that the line explains; 0 where nothing moves. */
  readonly explained: number;
}

export function trendOf(envelope: Columns): Trend {
  const plain = mannKendall(envelope.values);
  const first = theilSen(envelope, plain.variance);
  const residuals = residualsOf(envelope, first);
  const correlation = lag1Correlation(residualsOfBend(envelope, residuals));
  const { variance, z } = mannKendall(envelope.values, correlation);
  const { perSecond, interval } = theilSen(envelope, variance);
  return {
    perSecond,
    interval,
    z,
    standardErrorPerSecond: standardError(envelope, residuals, correlation),
    rise: perSecond * spanSeconds(envelope),
    explained: explainedBy(residuals, envelope.values),
  };
}

function explainedBy(residuals: Float64Array, values: Float64Array): number {
  const about = squaresAboutMean(values);
  return about === 0 ? 0 : Math.max(0, 1 - squaresAboutMean(residuals) / about);
}

function squaresAboutMean(values: Float64Array): number {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return squares;
}

/**
 * From the residuals and not from the interval: with many ties the interval shrinks to nothing while the next step is still to
 * come.
 */
function standardError(envelope: Columns, residuals: Float64Array, correlation: number): number {
  const n = residuals.length;
  if (n < 4) return 0;
  let squares = 0;
  for (const residual of residuals) squares += residual * residual;
  let meanSeconds = 0;
  for (const time of envelope.timesMs) meanSeconds += time / 1000 / n;
  let spread = 0;
  for (const time of envelope.timesMs) spread += (time / 1000 - meanSeconds) ** 2;
  const bounded = Math.min(Math.max(correlation, 0), 0.95);
  return spread === 0 ? 0 : Math.sqrt((squares / (n - 2) / spread) * ((1 + bounded) / (1 - bounded)));
}
