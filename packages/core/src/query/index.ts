export { analyseSession } from './analyse-session.ts';
export { LiveGrowth } from './live-growth.ts';
export type * from './session.ts';
