export { analyseSession } from './analyse-session.ts';
export * from './heap/index.ts';
export * from './profile/index.ts';
export { LiveGrowth } from './live-growth.ts';
export type * from './session.ts';
