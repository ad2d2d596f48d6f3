import type { WeakReferences } from '../../graph/heap-graph.ts';
import { known } from './known-names.ts';
import type { SnapshotFacts } from './snapshot-facts.ts';

const TARGET = known('target');

/** What the WeakRef objects of the program point to. Looked for when somebody asks. */
export class WeakRefs implements WeakReferences {
  readonly #facts: SnapshotFacts;
  #found: WeakReferences | undefined;

  constructor(facts: SnapshotFacts) {
    this.#facts = facts;
  }

  get source(): Uint32Array {
    return this.#all().source;
  }

  get target(): Uint32Array {
    return this.#all().target;
  }

  #all(): WeakReferences {
    return (this.#found ??= find(this.#facts));
  }
}

function find(facts: SnapshotFacts): WeakReferences {
  const { nodeCount, typeOf, types, firstEdge, edgeTarget } = facts.columns;
  const isWeakRef = types.map(({ name }) => name === 'WeakRef');
  const source: number[] = [];
  const target: number[] = [];
  for (let node = 0; node < nodeCount; node++) {
    if (!isWeakRef[typeOf[node]]) continue;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      if (facts.weakName(edge) !== TARGET) continue;
      source.push(node);
      target.push(edgeTarget[edge]);
    }
  }
  return { source: Uint32Array.from(source), target: Uint32Array.from(target) };
}
