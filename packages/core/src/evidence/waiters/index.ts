export { judgeWaiters } from './judge-waiters.ts';
export type { JudgedWaiter, WaiterJudgement } from './judged-waiter.ts';
export { groupWaiters, type WaiterGroup } from './group-waiters.ts';
export { WaiterTracker, type TrackedGroup, type WaiterResult } from './waiter-tracker.ts';
export { retainedByWaiters } from './held-by-waiters.ts';
