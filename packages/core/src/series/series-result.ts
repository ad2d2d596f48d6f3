import type { SeriesVerdict } from './series-verdict.ts';

/** What a series of samples does. A trend, and nothing more: whether anything leaks is for findings to say. */
export interface SeriesResult {
  readonly verdict: SeriesVerdict;
  readonly slopePerSecond: number | null;
  /** Of the slope, 95 %. */
  readonly interval: readonly [number, number] | null;
  /** A steady growth above this would have been called growing, nine times in ten; null when that cannot be said. */
  readonly smallestDetectablePerSecond: number | null;
  readonly reasons: readonly string[];
}
