import type { HeapGraph, NodeIndex, SiteFrame } from '../../graph/heap-graph.ts';

/** Where the very objects under a growing place were allocated, by address; never the busiest line of the program. */
export interface AllocationJoin {
  /** Growing objects that could have a site: made while allocations were traced. */
  readonly objects: number;
  /** How many of them were made at the first site. */
  readonly withThisSite: number;
  /** Most objects first; ties by file and line. */
  readonly sites: readonly JoinedSite[];
}

export interface JoinedSite {
  /** Innermost first. Frames of the language's own library in front of the program's are left out. */
  readonly frames: readonly SiteFrame[];
  readonly objects: number;
  readonly share: number;
}

/** Below one half no single line can be named. */
export const NAMING_SHARE = 0.5;
const MOST_SITES = 5;

/**
 * Joins objects with their allocation sites. Sites that differ only further out than the program's own innermost line are
 * one site: two callers of one function share the line that allocates. Undefined when none of the objects was traced.
 */
export function joinSites(graph: HeapGraph, nodes: readonly NodeIndex[]): AllocationJoin | undefined {
  const bySite = new Map<number, number>();
  let objects = 0;
  for (const node of nodes) {
    const site = graph.sites.siteOf(node);
    if (site < 0) continue;
    objects++;
    bySite.set(site, (bySite.get(site) ?? 0) + 1);
  }
  if (objects === 0) return undefined;
  const byLine = new Map<string, { frames: readonly SiteFrame[]; objects: number; most: number }>();
  for (const [site, count] of [...bySite].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
    const frames = fromProgramOn(graph, graph.sites.frames(site));
    const line = frames[0];
    if (line === undefined) continue;
    const key = `${line.file}:${line.line}`;
    const known = byLine.get(key);
    if (known === undefined) byLine.set(key, { frames, objects: count, most: count });
    else known.objects += count;
  }
  const sites = [...byLine.entries()]
    .sort(([keyA, a], [keyB, b]) => b.objects - a.objects || (keyA < keyB ? -1 : 1))
    .map(([, { frames, objects: count }]) => ({ frames, objects: count, share: count / objects }));
  return { objects, withThisSite: sites[0]?.objects ?? 0, sites: sites.slice(0, MOST_SITES) };
}

/** The line to mend is the program's, not the one inside the library that it called. All frames when none is the program's. */
function fromProgramOn(graph: HeapGraph, frames: readonly SiteFrame[]): readonly SiteFrame[] {
  const first = frames.findIndex((frame) => !graph.language.isLibraryFrame(frame));
  return first < 0 ? frames : frames.slice(first);
}
