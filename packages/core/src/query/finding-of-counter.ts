import type { GrowingCounter } from '../evidence/counters/exact-counters.ts';
import type { WaiterGroup } from '../evidence/waiters/index.ts';
import { fingerprint, type Finding } from '../report/index.ts';

/** Counters and findings that grow at nearly one speed are one growth. */
const SAME_SPEED = 0.3;

/** True when a finding grows as fast as the counter: then the counter is evidence for it, and no finding of its own. */
export function explains(finding: Finding, counter: GrowingCounter): boolean {
  return (
    Math.abs(finding.growth.objectsPerSecond - counter.perSecond) <=
    SAME_SPEED * Math.max(finding.growth.objectsPerSecond, counter.perSecond)
  );
}

/** True for a counter of tasks or threads with such a stack: it counts them by a function that they are in. */
export function countsWaiters({ kind, stack }: Pick<WaiterGroup, 'kind' | 'stack'>, { name, where }: GrowingCounter): boolean {
  if (where === undefined || !name.startsWith(`${kind}s `)) return false;
  const lastName = (text: string): string | undefined => text.split('.').at(-1);
  return stack.some((frame) => frame.file === where.file && lastName(frame.function) === lastName(where.function));
}

/** An exact counter that rises, and nothing in the heap accounts for: a suspicion, for what holds the counted things was not seen. */
export function findingOfCounter(counter: GrowingCounter): Finding {
  return {
    fingerprint: fingerprint(['counter', counter.name]),
    kind: 'suspicion',
    confidence: 'medium',
    pattern: null,
    patternTitle: null,
    knownLibraryLeak: null,
    title: `${counter.name}: more and more`,
    type: counter.name,
    growth: {
      objectsPerSecond: Math.round(counter.perSecond * 1000) / 1000,
      bytesPerSecond: 0,
      interval: null,
      grewIn: 0,
      dumps: 0,
      perUnitOfWork: null,
    },
    counter: { name: counter.name, before: counter.before, after: counter.after },
    allocated: counter.where === undefined ? [] : [{ ...counter.where }],
    sites: [],
    joined: null,
    heldBy: [],
    otherHolders: [],
    evidence: [`${counter.name}: ${counter.before} → ${counter.after}, rising in every reading`],
    against: ['no place in the heap grows at the same speed'],
    fix: null,
  };
}
