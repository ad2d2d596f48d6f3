import { round as safeRound } from './safe.ts';

/** Some 2,100 texts and graphs a round; its table is the heap in use, once the collector came to rest. Node only. */
const SAFE_ROUNDS = 14;

export function round(number: number): void {
  for (let i = 0; i < SAFE_ROUNDS; i++) safeRound(number);
}

export function tables(): Record<string, number> {
  return { heapUsedBytes: process.memoryUsage().heapUsed };
}
