import { round as safeRound } from './safe.ts';

/** 4,200 texts written or read a round. */
const SAFE_ROUNDS = 14;

export function round(number: number): void {
  for (let i = 0; i < SAFE_ROUNDS; i++) safeRound(number);
}
