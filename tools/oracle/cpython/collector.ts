import { dominators } from '../../../packages/core/src/graph/dominators/index.ts';
import { runProgram } from './run-program.ts';

/** Address and type of an object. */
type Seen = readonly [address: number, type: string];

/** How a graph and the collector of the same process differ: `0x7f…: type`. All four are empty when they agree. */
export interface Disagreement {
  /** Objects that the collector tracks and the graph does not have. */
  readonly missing: readonly string[];
  /** What the collector left alone, and the graph says that nothing holds. */
  readonly wronglyGarbage: readonly string[];
  /** What the collector found to be garbage, and the graph says that something holds. */
  readonly wronglyHeld: readonly string[];
  /** Objects that nothing in the graph holds, of types that the collector tracks, which the collector did not find. */
  readonly unexplained: readonly string[];
  /** How many objects were compared. */
  readonly reachable: number;
  readonly garbage: number;
}

/** Runs `planted_garbage.py` and compares what the graph of its dump reaches with what `gc.collect()` then finds (`gc.DEBUG_SAVEALL`). */
export function compareWithCollector(python: string, copies: number): Disagreement {
  const { graph, nodeByAddress, facts } = runProgram(python, 'planted_garbage.py', String(copies));
  const { garbage, reachable } = facts as { readonly garbage: readonly Seen[]; readonly reachable: readonly Seen[] };
  const tree = dominators(graph);
  const isReached = ([address]: Seen): boolean | undefined => {
    const node = nodeByAddress.get(address);
    return node === undefined ? undefined : tree.isReached(node);
  };
  const shown = (seen: readonly Seen[]): string[] => seen.map(([address, type]) => `0x${address.toString(16)}: ${type}`);
  const all = [...garbage, ...reachable];
  const found = new Set(garbage.map(([address]) => address));
  const tracked = new Set(all.map(([address]) => address));
  const unexplained: Seen[] = [];
  for (let node = 0; node < graph.nodeCount; node++) {
    const address = graph.address[node];
    if (tree.isReached(node) || found.has(address) || !tracked.has(address)) continue;
    unexplained.push([address, graph.types[graph.typeOf[node]].displayName]);
  }
  return {
    missing: shown(all.filter((each) => isReached(each) === undefined)),
    wronglyGarbage: shown(reachable.filter((each) => isReached(each) === false)),
    wronglyHeld: shown(garbage.filter((each) => isReached(each) === true)),
    unexplained: shown(unexplained),
    reachable: reachable.length,
    garbage: garbage.length,
  };
}
