export * from './report/index.ts';
export * from './series/index.ts';
export type * from './query/session.ts';
