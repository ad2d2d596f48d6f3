import { joinSites } from '../evidence/join/allocation-join.ts';
import { rateOf, type GrowthResult } from '../evidence/growth/index.ts';
import { SMALLEST_REFERENCE_GROWTH, type ReferenceGrowth } from '../evidence/native/index.ts';
import { pathTo } from '../graph/shortest-paths.ts';
import { retainWithoutRelease } from '../patterns/retain-without-release/match.ts';
import { fingerprint, type Finding, type PathStep } from '../report/index.ts';
import { pathSteps } from './paths/path-steps.ts';

/**
 * Objects that native code retains again and again, while their number stays. A suspicion: what grows is a count, and what
 * that costs lies outside the heap. Nothing where a leak of the same type was found in the heap.
 */
export function findingsOfReferences(
  { heap }: GrowthResult,
  growths: readonly ReferenceGrowth[],
  timesMs: readonly number[],
  found: readonly Finding[],
): readonly Finding[] {
  const known = new Set(found.map(({ type }) => type));
  return growths.filter(({ type }) => !known.has(type)).map((growth) => findingOf(heap, growth, timesMs));
}

/** Growth of such references that cannot be told from what is held for a moment, in words, and what would tell it. */
export function openReferences(open: readonly ReferenceGrowth[], found: readonly Finding[]): readonly string[] {
  const known = new Set(found.map(({ type }) => type));
  return open
    .filter(({ type }) => !known.has(type))
    .map(
      ({ type, references }) =>
        `References of native code to ${type} grew (${references.join(', ')}), but that is not told from what is held for a moment: ${SMALLEST_REFERENCE_GROWTH}. Observe for longer, with more dumps.`,
    );
}

function findingOf(heap: GrowthResult['heap'], growth: ReferenceGrowth, timesMs: readonly number[]): Finding {
  const { graph, walk } = heap;
  const { type, references, objects, most, referencesOfMost } = growth;
  const path = pathTo(graph, walk, most);
  const steps: PathStep[] = path === undefined ? [] : [...pathSteps(graph, path)];
  const last = steps.pop();
  if (last !== undefined)
    steps.push({
      step: last.step,
      type: last.type,
      status: 'unknown',
      suspect: true,
      reason: 'native code has more references to it in every dump',
    });
  const join = joinSites(graph, [most]);
  const before = references[0];
  const after = references[references.length - 1];
  return {
    fingerprint: fingerprint([retainWithoutRelease.id, 'references', type]),
    kind: 'suspicion',
    confidence: 'medium',
    pattern: retainWithoutRelease.id,
    patternTitle: retainWithoutRelease.title,
    knownLibraryLeak: null,
    title: `${type}: retained by native code again and again`,
    type,
    growth: {
      objectsPerSecond: Math.round(rateOf(timesMs, objects).perSecond * 1000) / 1000,
      bytesPerSecond: 0,
      interval: null,
      grewIn: references.length,
      dumps: references.length,
      perUnitOfWork: null,
    },
    counter: { name: `references of native code to ${type}`, before, after },
    allocated: (join?.sites[0]?.frames ?? []).map((frame) => ({ ...frame })),
    sites: [],
    joined: null,
    heldBy: steps,
    otherHolders: [],
    evidence: [
      `references that nothing in the heap accounts for rose in ${references.length} of ${references.length} dumps: ${references.join(', ')}`,
      `they are of ${objects[objects.length - 1]} objects, of which one has ${referencesOfMost}`,
    ],
    against: ['the number of objects does not rise: what these references cost lies outside the heap', 'who took them is not in a dump'],
    fix: retainWithoutRelease.fix,
  };
}
