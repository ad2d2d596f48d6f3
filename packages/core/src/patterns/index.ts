import { containerOnlyGrows } from './container-only-grows/match.ts';
import { finalizerHoldsItsTarget } from './finalizer-holds-its-target/match.ts';
import { finalizerRegisteredRepeatedly } from './finalizer-registered-repeatedly/match.ts';
import type { GrowthEvidence, Pattern, PatternMatch } from './pattern.ts';

export type { GrowthEvidence, Pattern, PatternMatch } from './pattern.ts';

/** The more specific first: exact rules, then registries of a known kind, then any container. The first that matches names the leak. */
export const PATTERNS: readonly Pattern[] = [finalizerHoldsItsTarget, finalizerRegisteredRepeatedly, containerOnlyGrows];

export function namePattern(evidence: GrowthEvidence): { readonly pattern: Pattern; readonly match: PatternMatch } | undefined {
  for (const pattern of PATTERNS) {
    const match = pattern.match(evidence);
    if (match !== undefined) return { pattern, match };
  }
  return undefined;
}
