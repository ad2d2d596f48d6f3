import type { AllocationSites, SiteFrame, WrittenPlaces } from '../../graph/heap-graph.ts';
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

/** The same for the places where functions are written. */
export function withOriginalPlaces(written: WrittenPlaces, maps: SourceMaps): WrittenPlaces {
  return {
    frameOf: (node) => {
      const frame = written.frameOf(node);
      return frame === undefined ? undefined : maps.original(frame);
    },
  };
}
