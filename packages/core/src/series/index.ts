export { mannKendall, type MannKendall } from './mann-kendall.ts';
export { theilSen, type SenSlope } from './theil-sen.ts';
export type { SeriesResult } from './series-result.ts';
export { judgeSeries, type SeriesOptions } from './series-rule.ts';
export * from './series-verdict.ts';
