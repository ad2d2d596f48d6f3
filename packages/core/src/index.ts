export * from './report/index.ts';
export * from './series/index.ts';
export * from './query/index.ts';
export { HeapDumpError, type Inflate } from './formats/cpython-dump/index.ts';
export type { ByteSource } from './formats/byte-source.ts';
export { noProgress, type Progress, type ProgressStep } from './graph/progress.ts';
export * from './formats/column-cache/index.ts';
export * from './formats/source-maps/index.ts';
export type { DominatorTree } from './graph/dominators/index.ts';
