import { dominators } from '../../../packages/core/src/graph/dominators/index.ts';
import { runProgram } from './run-program.ts';

/** How a graph and the collector of the same process differ: `0x7f…: type`. */
export interface Disagreement {
  /** Objects that the collector tracks and the graph does not have. */
  readonly missing: readonly string[];
  /** What the collector left alone, and the graph says that nothing holds. */
  readonly wronglyGarbage: readonly string[];
  /** What the collector found to be garbage, and the graph says that something holds. */
  readonly wronglyHeld: readonly string[];
  /** What nothing in the graph holds and the collector did not hand out: freed at once, by a finalizer, or held after all. */
  readonly notFound: readonly string[];
  /** How many objects were compared. */
  readonly reachable: number;
  readonly garbage: number;
}

/** Runs `planted_garbage.py` and compares what the graph of its dump reaches with what `gc.collect()` then finds (`gc.DEBUG_SAVEALL`). */
export function compareWithCollector(python: string, copies: number, finalizers: 'with finalizers' | 'calm'): Disagreement {
  const { graph, nodeByAddress, facts } = runProgram(python, 'planted_garbage.py', String(copies), finalizers);
  const { tracked, garbage, reachable } = facts as Record<'tracked' | 'garbage' | 'reachable', readonly number[]>;
  const found = new Set(garbage);
  const tree = dominators(graph);
  const isHeld = (address: number): boolean => tree.isReached(nodeByAddress.get(address)!);
  const shown = (addresses: readonly number[]): string[] =>
    addresses.map((address) => {
      const node = nodeByAddress.get(address);
      return `0x${address.toString(16)}: ${node === undefined ? '?' : graph.types[graph.typeOf[node]].displayName}`;
    });
  const isThere = (address: number): boolean => nodeByAddress.has(address);
  return {
    missing: shown([...garbage, ...reachable].filter((address) => !isThere(address))),
    wronglyGarbage: shown(reachable.filter((address) => isThere(address) && !isHeld(address))),
    wronglyHeld: shown(garbage.filter((address) => isThere(address) && isHeld(address))),
    notFound: shown(tracked.filter((address) => isThere(address) && !isHeld(address) && !found.has(address))),
    reachable: reachable.length,
    garbage: garbage.length,
  };
}
