export * from './heap-path.ts';
export * from './heap-summary.ts';
export * from './object-view.ts';
