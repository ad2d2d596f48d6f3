import type { FinalizerRegistration } from '../graph/language.ts';
import type { GrowthEvidence } from './pattern.ts';

/** Share of the growing objects that must be finalizer registrations for a rule about finalizers to speak. */
const MOST = 0.8;

/**
 * The registrations among the new objects, or none when the growth is not one of finalizers. Looks at every member, for a
 * registry's keys and values grow alike.
 */
export function newRegistrations({ growth, finalizerByRegistration }: GrowthEvidence): readonly FinalizerRegistration[] {
  for (const nodes of growth.concrete.newNodes.values()) {
    const registrations = nodes.flatMap((node) => finalizerByRegistration.get(node) ?? []);
    if (registrations.length > 0 && registrations.length >= MOST * nodes.length) return registrations;
  }
  return [];
}
