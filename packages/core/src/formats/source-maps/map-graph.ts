import type { HeapGraph } from '../../graph/heap-graph.ts';
import { withOriginalPlaces, withOriginalSites } from './map-sites.ts';
import type { SourceMaps } from './source-maps.ts';

/**
 * A heap with the lines that were written instead of those that ran, wherever it names an allocation site or the place of a function. Both are looked up
 * when they are shown, so what maps cannot tell stands among the gaps only after that.
 */
export function withOriginalLines(graph: HeapGraph, maps: SourceMaps): HeapGraph {
  const { written } = graph;
  return {
    ...graph,
    sites: withOriginalSites(graph.sites, maps),
    ...(written === undefined ? {} : { written: withOriginalPlaces(written, maps) }),
    get gaps() {
      return [...graph.gaps, ...maps.notes()];
    },
  };
}
