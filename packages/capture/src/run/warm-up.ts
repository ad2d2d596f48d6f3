import type { AgentSample } from '@heaptrail/core';

const STEADY_SAMPLES = 3;

/** Start-up is over when the number of imported modules has stood still for three samples, and not before `leastMs` after the hello. */
export function isWarm(samples: readonly AgentSample[], openedAtMs: number, leastMs: number, nowMs: number): boolean {
  if (nowMs - openedAtMs < leastMs) return false;
  const recent = samples.slice(-STEADY_SAMPLES);
  return recent.length === STEADY_SAMPLES && recent.every((sample) => sample.modules === recent[0]?.modules);
}
