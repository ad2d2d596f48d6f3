import { containerOnlyGrows } from './container-only-grows/match.ts';
import { executorOrPoolNotClosed } from './executor-or-pool-not-closed/match.ts';
import { finalizerHoldsItsTarget } from './finalizer-holds-its-target/match.ts';
import { finalizerRegisteredRepeatedly } from './finalizer-registered-repeatedly/match.ts';
import { generatorNeverFinished } from './generator-never-finished/match.ts';
import { lruCacheOnMethod } from './lru-cache-on-method/match.ts';
import type { GrowthEvidence, Pattern, PatternMatch } from './pattern.ts';
import { retainWithoutRelease } from './retain-without-release/match.ts';
import { taskNeverWakes } from './task-never-wakes/match.ts';
import { threadNeverEnds } from './thread-never-ends/match.ts';

export type { GrowthEvidence, Pattern, PatternMatch } from './pattern.ts';

/** The more specific first: exact rules, then what waits, then any container. The first that matches names the leak. */
export const PATTERNS: readonly Pattern[] = [
  finalizerHoldsItsTarget,
  finalizerRegisteredRepeatedly,
  taskNeverWakes,
  executorOrPoolNotClosed,
  threadNeverEnds,
  generatorNeverFinished,
  lruCacheOnMethod,
  retainWithoutRelease,
  containerOnlyGrows,
];

export function namePattern(evidence: GrowthEvidence): { readonly pattern: Pattern; readonly match: PatternMatch } | undefined {
  for (const pattern of PATTERNS) {
    const match = pattern.match(evidence);
    if (match !== undefined) return { pattern, match };
  }
  return undefined;
}
