import type { TrackedGroup } from '../evidence/waiters/index.ts';
import type { NodeIndex, SiteFrame } from '../graph/heap-graph.ts';
import type { GrowthEvidence } from './pattern.ts';

/** Share of the new objects, or of a group, that must fit for a rule about them to speak. */
export const MOST = 0.8;
const MOST_SHOWN = 4;

/**
 * The groups of waiters that never wake of which this growth consists: the new objects are such waiters, or each of them
 * comes with one that is held below the same holder. Empty where it does not.
 */
export function neverWaking(evidence: GrowthEvidence, kind: TrackedGroup['kind']): readonly TrackedGroup[] {
  const groups = (evidence.waiters?.groups ?? []).filter((group) => group.kind === kind && group.verdict === 'never');
  if (groups.length === 0 || evidence.objects.length === 0) return [];
  const groupOf = new Map<NodeIndex, TrackedGroup>();
  for (const group of groups) for (const { waiter } of group.members) if (waiter.node !== undefined) groupOf.set(waiter.node, group);
  const own = evidence.objects.flatMap((node) => groupOf.get(node) ?? []);
  if (own.length >= MOST * evidence.objects.length) return mostFirst(own);
  const { holder } = evidence.growth.concrete;
  if (holder === undefined) return [];
  return groups.filter((group) => {
    const below = group.members.filter(({ waiter: { node } }) => node !== undefined && isBelow(evidence, node, holder));
    return below.length >= MOST * group.members.length && below.length >= MOST * evidence.objects.length;
  });
}

/** Who these wait for in the end, where that is somebody else who never wakes. */
export function waitedFor(evidence: GrowthEvidence, groups: readonly TrackedGroup[]): readonly string[] {
  const own = new Set(groups.map(({ key }) => key));
  const clusters = new Set(groups.map(({ cluster }) => cluster).filter((key) => !own.has(key)));
  return (evidence.waiters?.groups ?? [])
    .filter(({ key }) => clusters.has(key))
    .map(
      ({ members, stack }) => `what they wait for in the end: ${members.length} that wait at ${stackText(evidence, stack)}, and never wake`,
    );
}

/** A stack in short, from the innermost function to the first of the program, and one more. */
export function stackText(evidence: Pick<GrowthEvidence, 'graph'>, stack: readonly SiteFrame[]): string {
  const own = stack.findIndex((frame) => !evidence.graph.language.isLibraryFrame(frame));
  return stack
    .slice(0, own < 0 ? MOST_SHOWN : Math.max(own + 2, 2))
    .map(({ function: name, file, line }) => `${name} (${file.slice(file.lastIndexOf('/') + 1)}:${line})`)
    .join(' ← ');
}

/** What tells the leak of a group from others of its pattern: the group to speak of, whichever of its cluster was found. */
export function identityOf({ waiters }: Pick<GrowthEvidence, 'waiters'>, group: TrackedGroup): readonly string[] {
  const speaker = waiters?.groups.find(({ key }) => key === group.cluster) ?? group;
  return [speaker.typeName, ...siteIdentity(speaker.site)];
}

/** Function and file of a line: the same in every run, unlike the line's number after a change elsewhere. */
function siteIdentity(site: SiteFrame | undefined): readonly string[] {
  return site === undefined ? [] : [site.function, site.file.slice(site.file.lastIndexOf('/') + 1)];
}

function mostFirst(found: readonly TrackedGroup[]): readonly TrackedGroup[] {
  const count = new Map<TrackedGroup, number>();
  for (const group of found) count.set(group, (count.get(group) ?? 0) + 1);
  return [...count].sort(([a, ofA], [b, ofB]) => ofB - ofA || (a.key < b.key ? -1 : 1)).map(([group]) => group);
}

/** Is a node held by way of another, on the shortest path to it? */
export function isBelow({ heap: { walk } }: GrowthEvidence, node: NodeIndex, holder: NodeIndex): boolean {
  for (let at = walk.parent[node]; at >= 0; at = walk.parent[at]!) if (at === holder) return true;
  return false;
}
