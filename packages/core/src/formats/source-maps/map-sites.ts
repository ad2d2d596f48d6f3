import type { AllocationSites, SiteFrame } from '../../graph/heap-graph.ts';
import type { SourceMaps } from './source-maps.ts';

/** Allocation sites with the lines that were written instead of those that ran; each frame is looked up when it is shown. */
export function withOriginalSites(sites: AllocationSites, maps: SourceMaps): AllocationSites {
  return {
    traced: sites.traced,
    siteCount: sites.siteCount,
    siteOf: (node) => sites.siteOf(node),
    frames: (site): readonly SiteFrame[] => sites.frames(site).map((frame) => maps.original(frame)),
  };
}
