import type { HeapGraph } from '../../graph/heap-graph.ts';
import { withOriginalSites } from './map-sites.ts';
import type { SourceMaps } from './source-maps.ts';

/**
 * A heap with the lines that were written instead of those that ran, wherever it names an allocation site. A site is looked up when it
 * is shown, so what maps cannot tell stands among the gaps only after that.
 */
export function withOriginalLines(graph: HeapGraph, maps: SourceMaps): HeapGraph {
  return {
    ...graph,
    sites: withOriginalSites(graph.sites, maps),
    get gaps() {
      return [...graph.gaps, ...maps.notes()];
    },
  };
}
