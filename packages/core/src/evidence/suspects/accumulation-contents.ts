import type { DominatorTree } from '../../graph/dominators/index.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import type { AccumulationPoint } from './suspect.ts';

const TYPES_SHOWN = 3;

type TypeBelow = AccumulationPoint['below'][number];

/** What a few nodes immediately dominate, by type. One pass over the numbers for all of them. */
export class AccumulationContents {
  readonly #typesByNumber = new Map<number, Map<number, { type: number; objects: number; retainedBytes: number; sample: NodeIndex }>>();
  readonly #tree: DominatorTree;

  constructor(graph: HeapGraph, tree: DominatorTree, nodes: readonly NodeIndex[]) {
    this.#tree = tree;
    const { node, number, dominator, retained, count } = tree;
    const isAsked = new Uint8Array(count + 1);
    for (const each of nodes) {
      if (number[each] === 0) continue;
      isAsked[number[each]] = 1;
      this.#typesByNumber.set(number[each], new Map());
    }
    for (let i = 2; i <= count; i++) {
      if (isAsked[dominator[i]] === 0) continue;
      const types = this.#typesByNumber.get(dominator[i])!;
      const type = graph.typeOf[node[i]];
      let sum = types.get(type);
      if (sum === undefined) types.set(type, (sum = { type, objects: 0, retainedBytes: 0, sample: node[i] }));
      sum.objects++;
      sum.retainedBytes += retained[i];
    }
  }

  below(node: NodeIndex): Pick<AccumulationPoint, 'below' | 'belowObjects'> {
    const types: TypeBelow[] = [...(this.#typesByNumber.get(this.#tree.number[node])?.values() ?? [])];
    types.sort((a, b) => b.retainedBytes - a.retainedBytes || a.type - b.type);
    return { below: types.slice(0, TYPES_SHOWN), belowObjects: types.reduce((sum, { objects }) => sum + objects, 0) };
  }
}
