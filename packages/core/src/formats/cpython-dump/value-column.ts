import type { NodeValues } from '../../graph/heap-graph.ts';
import { GrowingFloat64, GrowingUint32 } from '../../graph/growing-column.ts';
import { NO_NODE } from './address-index.ts';
import { renumbered } from './breadth-first-numbers.ts';
import { NodeEntries } from './node-entries.ts';

/** Kind of a VALUES block whose numbers are truth values. */
const BOOLEAN = 3;

/** Numbers and truth values as VALUES blocks give them. */
export class ValueColumn {
  readonly #nodes = new GrowingUint32(16);
  readonly #values = new GrowingFloat64(16);
  /** True and False: two objects, in every real dump. */
  readonly #booleans = new Set<number>();

  take(nodes: Uint32Array, count: number, kind: number, values: Float64Array): void {
    for (let i = 0; i < count; i++) {
      if (nodes[i] === NO_NODE) continue;
      if (kind === BOOLEAN) this.#booleans.add(nodes[i]);
      this.#nodes.push(nodes[i]);
      this.#values.push(values[i]);
    }
  }

  /** The values by new numbers. */
  finish(numberOf: Uint32Array): NodeValues {
    const entries = new NodeEntries(renumbered(this.#nodes.finish(), numberOf));
    const values = this.#values.finish();
    const booleans = new Set(Array.from(this.#booleans, (node) => numberOf[node]));
    return {
      value(node) {
        const entry = entries.of(node);
        if (entry === undefined) return undefined;
        return booleans.has(node) ? values[entry] !== 0 : values[entry];
      },
    };
  }
}
