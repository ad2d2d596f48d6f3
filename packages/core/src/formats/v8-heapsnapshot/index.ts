export { v8HeapSnapshot } from './snapshot-format.ts';
export { loadSnapshot, type SnapshotOptions } from './load-snapshot.ts';
