/** Every word that a series can get. A series grows; only a finding is a leak. */
export const SERIES_VERDICTS = [
  'growing',
  'warming-up',
  'levelling-off',
  'sawtooth',
  'back-to-baseline',
  'fragmentation',
  'steady',
  'cannot-tell',
  'too-short',
] as const;

export type SeriesVerdict = (typeof SERIES_VERDICTS)[number];
