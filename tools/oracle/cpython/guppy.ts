import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { dominators, type DominatorTree } from '../../../packages/core/src/graph/dominators/index.ts';
import type { HeapGraph, NodeIndex } from '../../../packages/core/src/graph/heap-graph.ts';
import { CouldNotRun } from '../../exhibits/could-not-run.ts';
import type { Python } from '../../exhibits/find-python.ts';
import { runProgram, type ProgramRun } from './run-program.ts';

/** What guppy says of one object. `dominated`: address, type and `sys.getsizeof` of each object in its set. */
interface Answer {
  readonly address: number;
  readonly bytes: number;
  readonly dominatedBytes: number;
  readonly dominated: readonly (readonly [address: number, type: string, bytes: number])[];
}

/** One object, asked of both. Bytes are `sys.getsizeof`: with the header of the collector, without the values that lie in an instance. */
export interface Comparison {
  readonly name: string;
  readonly theirShallowBytes: number;
  readonly ourShallowBytes: number;
  readonly theirRetainedBytes: number;
  readonly ourRetainedBytes: number;
  /**
   * Bytes of what guppy alone counts: on 3.13 the `__dict__` of an instance (guppy has it made) that the collector does not track, as all
   * its values are plain; the dump has none of these.
   */
  readonly plainTables: number;
  /** Bytes of what guppy alone counts: native code holds it, of which guppy knows nothing. */
  readonly heldNatively: number;
  /** Bytes of what we alone count: texts that are keys. guppy goes by the traversal of dict, which leaves them out. */
  readonly textKeys: number;
  /** What one alone counts for no such reason. */
  readonly unexplained: readonly string[];
}

/** The last version of guppy3 for each CPython. */
const GUPPY_BY_MINOR: Readonly<Record<number, string>> = { 8: '3.1.4.post1', 9: '3.1.5' };
const LATEST_GUPPY = '3.1.7';
const CACHE = join(import.meta.dirname, '..', '..', '..', 'node_modules', '.cache', 'heaptrail-guppy');

/** An interpreter of the given kind that has guppy3, in a virtual environment that is made the first time. Throws CouldNotRun without a network. */
export function withGuppy({ executable, version }: Python): string {
  const guppy = GUPPY_BY_MINOR[version[1]] ?? LATEST_GUPPY;
  const folder = join(CACHE, `${version.join('.')}-guppy3-${guppy}`);
  const python = join(folder, 'bin', 'python');
  const has = (): boolean => existsSync(python) && spawnSync(python, ['-c', 'import guppy']).status === 0;
  if (has()) return python;
  mkdirSync(CACHE, { recursive: true });
  spawnSync(executable, ['-m', 'venv', '--clear', folder]);
  const { stderr } = spawnSync(python, ['-m', 'pip', 'install', '--quiet', `guppy3==${guppy}`], { encoding: 'utf8' });
  if (!has()) throw new CouldNotRun(`guppy3 ${guppy} cannot be installed for CPython ${version.join('.')}: ${stderr ?? 'no pip'}`);
  return python;
}

/** Runs `guppy_sets.py` and compares the dominated set of every object in it with ours: object by object, and in bytes. */
export function compareWithGuppy(python: string, copies: number): Comparison[] {
  const run = runProgram(python, 'guppy_sets.py', String(copies));
  const tree = dominators(run.graph);
  return Object.entries(run.facts as Readonly<Record<string, Answer>>).map(([name, answer]) => compare(name, answer, run, tree));
}

function compare(name: string, answer: Answer, { graph, nodeByAddress }: ProgramRun, tree: DominatorTree): Comparison {
  const node = nodeByAddress.get(answer.address)!;
  const ours = dominatedBy(graph, tree, node);
  const theirs = new Set(answer.dominated.map(([address]) => address));
  const fromNative = heldNativelyAmong(graph, new Set(answer.dominated.map(([address]) => nodeByAddress.get(address)!)));
  const found = { plainTables: 0, heldNatively: 0, textKeys: 0, unexplained: [] as string[] };
  for (const [address, type, bytes] of answer.dominated) {
    const other = nodeByAddress.get(address);
    if (other !== undefined && ours.has(other)) {
      if (graph.shallowBytes[other] !== bytes) found.unexplained.push(`${type} of ${graph.shallowBytes[other]} bytes, ${bytes} for guppy`);
    } else if (other === undefined && type === 'dict') found.plainTables += bytes;
    else if (other !== undefined && fromNative.has(other)) found.heldNatively += bytes;
    else found.unexplained.push(`${type} only for guppy`);
  }
  for (const other of ours) {
    if (theirs.has(graph.address[other])) continue;
    const type = graph.types[graph.typeOf[other]].displayName;
    if (type === 'str' && isKey(graph, other)) found.textKeys += graph.shallowBytes[other];
    else found.unexplained.push(`${type} only for us`);
  }
  return {
    name,
    theirShallowBytes: answer.bytes,
    ourShallowBytes: graph.shallowBytes[node],
    theirRetainedBytes: answer.dominatedBytes,
    ourRetainedBytes: tree.retainedBytes(node),
    ...found,
  };
}

function dominatedBy(graph: HeapGraph, tree: DominatorTree, dominator: NodeIndex): Set<NodeIndex> {
  const found = new Set<NodeIndex>();
  for (let node = 0; node < graph.nodeCount; node++) if (tree.dominates(dominator, node)) found.add(node);
  return found;
}

/** What native code holds of these objects, with all of them that this leads to. */
function heldNativelyAmong(graph: HeapGraph, among: ReadonlySet<NodeIndex>): Set<NodeIndex> {
  const found = new Set(graph.roots.filter(({ kind, node }) => kind === 'native' && among.has(node)).map(({ node }) => node));
  for (const node of found)
    for (let e = graph.firstEdge[node]; e < graph.firstEdge[node + 1]; e++)
      if (among.has(graph.edgeTarget[e])) found.add(graph.edgeTarget[e]);
  return found;
}

function isKey(graph: HeapGraph, node: NodeIndex): boolean {
  for (let e = 0; e < graph.edgeCount; e++)
    if (graph.edgeTarget[e] === node && graph.language.labelText(graph, graph.edgeLabels.at(e)) === '<key>') return true;
  return false;
}
