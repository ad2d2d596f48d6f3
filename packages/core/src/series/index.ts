export * from './series-verdict.ts';
