export { histogram, histogramRows, type Histogram, type HistogramRow, type HistogramRows } from './histogram.ts';
export { NO_GROUP, retainedByGroup } from './retained-by-group.ts';
