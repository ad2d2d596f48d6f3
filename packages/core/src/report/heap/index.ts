export * from './cycles-view.ts';
export * from './diff-view.ts';
export * from './dominators-view.ts';
export * from './graph-view.ts';
export * from './heap-path.ts';
export * from './heap-summary.ts';
export * from './histogram-view.ts';
export * from './object-view.ts';
