import type { NodeIndex } from '../../graph/heap-graph.ts';
import { GrowingUint32 } from '../../graph/growing-column.ts';
import { NO_NODE } from './address-index.ts';
import { NodeEntries } from './node-entries.ts';

/** Where a generator, coroutine or asynchronous generator stands. */
export interface Suspension {
  /** Its code object, where the dump holds it. */
  readonly code: NodeIndex | undefined;
  readonly line: number;
  readonly state: 'created' | 'suspended' | 'running';
  /** What it has handed over to, and waits for. */
  readonly awaits: NodeIndex | undefined;
}

/** Generators, coroutines and asynchronous generators that have not ended, by node. */
export interface Suspensions {
  readonly nodes: Uint32Array;
  of(node: NodeIndex): Suspension | undefined;
}

const STATES: readonly Suspension['state'][] = ['created', 'suspended', 'running'];

/** Rows of SUSPENDED blocks, with nodes in place of addresses. */
export class SuspendedColumn {
  readonly #nodes = new GrowingUint32(16);
  readonly #codes = new GrowingUint32(16);
  readonly #lines = new GrowingUint32(16);
  readonly #states = new GrowingUint32(16);
  readonly #awaited = new GrowingUint32(16);

  add(node: number, code: number, line: number, state: number, awaited: number): void {
    this.#nodes.push(node);
    this.#codes.push(code);
    this.#lines.push(line);
    this.#states.push(state);
    this.#awaited.push(awaited);
  }

  /** By new numbers. */
  finish(numberOf: Uint32Array): Suspensions {
    const nodes = this.#nodes.finish().map((node) => numberOf[node]);
    const entries = new NodeEntries(nodes);
    const number = (node: number): NodeIndex | undefined => (node === NO_NODE ? undefined : numberOf[node]);
    return {
      nodes,
      of: (node) => {
        const entry = entries.of(node);
        if (entry === undefined) return undefined;
        return {
          code: number(this.#codes.at(entry)),
          line: this.#lines.at(entry),
          state: STATES[this.#states.at(entry)] ?? 'running',
          awaits: number(this.#awaited.at(entry)),
        };
      },
    };
  }
}
