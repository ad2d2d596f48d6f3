import { breadthFirst, type Walk } from '../../graph/breadth-first.ts';
import { EdgeKind, labelKind, labelOperand, MEMBER, type EdgeLabel } from '../../graph/edge-label.ts';
import type { HeapGraph, Root } from '../../graph/heap-graph.ts';
import { moduleOfName } from '../../graph/module-name.ts';
import { orderByKey } from './order-by-key.ts';
import { NO_PLACE, type PlaceId, type PlaceTable, type StepName } from './place-table.ts';

/** One heap with every reached object assigned to its place. */
export interface PlacedHeap {
  readonly graph: HeapGraph;
  readonly walk: Walk;
  /** Place of each node, NO_PLACE for what no root reaches. Tables have the place of their owner. */
  readonly placeOf: Uint32Array;
  readonly totals: PlaceTotals;
}

/** Sums by place id; places that came later are absent, and count 0. */
export interface PlaceTotals {
  /** Objects, without the tables that belong to them. */
  readonly objects: Float64Array;
  /** Shallow bytes, with those tables. */
  readonly bytes: Float64Array;
  /** Entries of the collections at the place, and of their tables. */
  readonly entries: Float64Array;
}

/** Walks a heap breadth-first from its roots and names what it meets. Each object counts once, at the place nearest to a root; ties go to the older place. */
export function placeHeap(graph: HeapGraph, places: PlaceTable): PlacedHeap {
  const placeOf = new Uint32Array(graph.nodeCount);
  const naming = new StepNaming(graph, places);
  const walk = breadthFirst(graph, {
    reached(node, parent, label, root) {
      placeOf[node] = root === undefined ? naming.child(placeOf[parent], label, graph.typeOf[node]) : naming.root(root, graph.typeOf[node]);
    },
    absorbed(node, owner) {
      placeOf[node] = placeOf[owner]!;
    },
    orderLevel: (level) => orderByKey(level, placeOf),
  });
  return { graph, walk, placeOf, totals: totalsOf(graph, walk, placeOf, places.size) };
}

function totalsOf(graph: HeapGraph, walk: Walk, placeOf: Uint32Array, size: number): PlaceTotals {
  const objects = new Float64Array(size);
  const bytes = new Float64Array(size);
  const entries = new Float64Array(size);
  for (let node = 0; node < graph.nodeCount; node++) {
    const place = placeOf[node];
    if (place === NO_PLACE) continue;
    if (walk.absorbed[node] === 0) objects[place]++;
    bytes[place] += graph.shallowBytes[node];
    entries[place] += graph.language.entryCount(graph, node);
  }
  return { objects, bytes, entries };
}

/** Step names of one graph: texts are made once for each pair of label and type, not once for each object. */
class StepNaming {
  readonly #graph: HeapGraph;
  readonly #places: PlaceTable;
  readonly #nameByLabelAndType = new Map<number, StepName>();
  #lastParent = -1;
  #lastKey = -1;
  #lastPlace: PlaceId = NO_PLACE;

  constructor(graph: HeapGraph, places: PlaceTable) {
    this.#graph = graph;
    this.#places = places;
  }

  child(parent: PlaceId, label: EdgeLabel, type: number): PlaceId {
    const key = anonymous(label) * this.#graph.types.length + type;
    // Entries of one container come one after the other.
    if (parent === this.#lastParent && key === this.#lastKey) return this.#lastPlace;
    let name = this.#nameByLabelAndType.get(key);
    if (name === undefined) {
      name = this.#places.name(`${this.#graph.language.labelPattern(this.#graph, label)} ${this.#typeName(type)}`);
      this.#nameByLabelAndType.set(key, name);
    }
    this.#lastParent = parent;
    this.#lastKey = key;
    return (this.#lastPlace = this.#places.child(parent, name));
  }

  root(root: Root, type: number): PlaceId {
    return this.#places.root(this.#places.name(`${rootName(root)} ${this.#typeName(type)}`));
  }

  #typeName(type: number): string {
    return this.#graph.types[type].displayName;
  }
}

/** Keys and positions do not name a place. */
function anonymous(label: EdgeLabel): number {
  const kind = labelKind(label);
  if (kind === EdgeKind.key) return 0;
  if (kind === EdgeKind.index) return labelOperand(label) === MEMBER ? 1 : 2;
  return 3 + label;
}

function rootName(root: Root): string {
  switch (root.kind) {
    case 'frame':
      return `local ${root.name} of ${root.frame.function} in ${root.frame.file}`;
    case 'native':
      return 'held by native code:';
    case 'module':
      return `module ${moduleOfName(root.name)}`;
    default:
      return `${root.kind} ${root.name}`;
  }
}
