import type { HeapGraph, Root } from '../../graph/heap-graph.ts';
import { moduleOfName } from '../../graph/module-name.ts';
import type { RetainingPath } from '../../graph/shortest-paths.ts';
import { PlaceTable, type PlaceId } from '../growth/place-table.ts';

/** Signatures of retaining paths: what they are called without keys and positions, chains folded as places are. One per analysis. */
export class PathSignatures {
  readonly #graph: HeapGraph;
  readonly #places = new PlaceTable();

  constructor(graph: HeapGraph) {
    this.#graph = graph;
  }

  of(path: RetainingPath): string {
    const { language } = this.#graph;
    let place: PlaceId = 0;
    for (const { node, label } of path.steps) {
      const type = this.#graph.types[this.#graph.typeOf[node]].displayName;
      if (label === undefined) place = this.#places.root(this.#places.name(`${rootPattern(path.root)} ${type}`));
      else place = this.#places.child(place, this.#places.name(`${language.labelPattern(this.#graph, label)} ${type}`));
    }
    return this.#places.path(place).join(' ');
  }
}

function rootPattern(root: Root): string {
  return root.kind === 'frame'
    ? `local ${root.name} of ${root.frame.function}`
    : root.kind === 'native'
      ? 'native code:'
      : `${root.kind} ${root.kind === 'module' ? moduleOfName(root.name) : root.name}`;
}
