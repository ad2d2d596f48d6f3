import type { Confidence, Finding, FindingKind } from './finding.ts';

type Ranked = Pick<Finding, 'kind' | 'confidence' | 'fingerprint'> & { readonly growth: Pick<Finding['growth'], 'bytesPerSecond'> };

const RANK_BY_KIND: Readonly<Record<FindingKind, number>> = { leak: 0, suspicion: 1 };
const RANK_BY_CONFIDENCE: Readonly<Record<Confidence, number>> = { high: 0, medium: 1, low: 2 };

/**
 * What to read first: leaks before suspicions, the certain before the likely, the fast before the slow. Ties go by fingerprint,
 * so that the order is the same in every run.
 */
export function rankFindings<T extends Ranked>(findings: readonly T[]): T[] {
  return [...findings].sort(compareFindings);
}

export function compareFindings(a: Ranked, b: Ranked): number {
  return (
    RANK_BY_KIND[a.kind] - RANK_BY_KIND[b.kind] ||
    RANK_BY_CONFIDENCE[a.confidence] - RANK_BY_CONFIDENCE[b.confidence] ||
    b.growth.bytesPerSecond - a.growth.bytesPerSecond ||
    // Not localeCompare: its order depends on the machine's language.
    (a.fingerprint < b.fingerprint ? -1 : a.fingerprint > b.fingerprint ? 1 : 0)
  );
}
