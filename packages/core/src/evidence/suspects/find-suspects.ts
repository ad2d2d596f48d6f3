import { breadthFirst, type Walk } from '../../graph/breadth-first.ts';
import type { DominatorTree } from '../../graph/dominators/index.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import { noProgress, type Progress } from '../../graph/progress.ts';
import { pathTo, type RetainingPath } from '../../graph/shortest-paths.ts';
import { AccumulationContents } from './accumulation-contents.ts';
import { largestNumbers } from './largest-numbers.ts';
import { commonHolder } from './merged-paths.ts';
import { PathSignatures } from './path-signature.ts';
import { suspectOwner } from './suspect-owner.ts';
import type { AccumulationPoint, Suspect, SuspectPath, Suspects } from './suspect.ts';
import { pileUp } from './pile-up.ts';
import { splitObjects } from './split-objects.ts';
import { largestChildren, topObjects } from './top-objects.ts';

export interface SuspectOptions {
  /** What a suspect keeps at least, as a share of all that is held. */
  readonly share: number;
  /** How many of the largest are shown when none keeps that much. */
  readonly few: number;
}

const DEFAULTS: SuspectOptions = { share: 0.1, few: 3 };
const MOST_MEMBERS = 10_000;
const SAMPLE = 10;
const MOST_STEPS = 64;
/** More tables of its own than any runtime has among the largest objects of a heap. */
const RUNTIME_TABLES = 29;

/**
 * Leak suspects of one heap (Eclipse MAT, FindLeaksQuery; notes/algorithms.md A4): the uppermost objects of the program
 * that keep more than a tenth of the heap alone, then types whose uppermost objects do so together; each with the object at
 * which it piles up and how that one is held. Linear. `walk` spares a walk from the roots that was made before.
 */
export function findSuspects(
  graph: HeapGraph,
  tree: DominatorTree,
  options: Partial<SuspectOptions> = {},
  walk?: Walk,
  progress: Progress = noProgress,
): Suspects {
  const { share, few } = { ...DEFAULTS, ...options };
  progress({ step: 'paths', done: 0, total: 2 });
  const top = topObjects(graph, tree);
  const { usedBytes } = top;
  const thresholdBytes = share * usedBytes;
  const largestChild = largestChildren(tree);
  const numbers = splitObjects(graph, tree, top, thresholdBytes, largestChild);
  const candidates = [...singles(tree, numbers, thresholdBytes), ...groups(graph, tree, numbers, thresholdBytes)];
  const passing = candidates.filter(({ retainedBytes }) => retainedBytes > thresholdBytes);
  progress({ step: 'paths', done: 1, total: 2 });
  const explaining = new Explaining(graph, tree, walk ?? breadthFirst(graph), largestChild);
  const explained = explaining.explain(passing).filter((suspect) => saysSomething(graph, suspect));
  if (explained.length > 0) return { usedBytes, thresholdBytes, suspects: merged(explained.map((each) => ({ ...each, passes: true }))) };
  return { usedBytes, thresholdBytes, suspects: theLargest(graph, tree, numbers, few, explaining) };
}

/**
 * Objects of the language's own types that are all over the heap (every program has dictionaries) are no suspect: there is
 * nothing to change. Nor is what consists of parts of the runtime (the table of Node's own modules), or a table that the
 * runtime itself holds (V8's cache of numbers as strings).
 */
function saysSomething(graph: HeapGraph, { kind, type, sample, accumulation, path }: Omit<Suspect, 'passes'>): boolean {
  const { language } = graph;
  if (kind === 'single') return !isTableOfRuntime(graph, path) && (accumulation === undefined || !isMadeOfRuntime(graph, accumulation));
  if (language.role(graph, sample[0]) === 'runtime') return false;
  if (accumulation !== undefined && language.role(graph, accumulation.node) !== 'runtime' && !isRoot(graph, accumulation.node)) return true;
  const { module } = graph.types[type];
  return module !== '' && !language.isLibraryModule(module);
}

function isMadeOfRuntime(graph: HeapGraph, { below }: AccumulationPoint): boolean {
  const [largest] = below;
  return largest !== undefined && graph.language.role(graph, largest.sample) === 'runtime';
}

/** A table that belongs to no object: nothing but the runtime's roots and other tables lead to it. */
function isTableOfRuntime(graph: HeapGraph, path: SuspectPath | undefined): boolean {
  if (path?.root.kind !== 'interpreter') return false;
  const { language } = graph;
  const [last] = path.steps.slice(-1);
  if (last === undefined || language.isTable?.(graph, last.node) !== true) return false;
  return path.steps.every(({ node }) => language.isTable?.(graph, node) === true || language.role(graph, node) === 'runtime');
}

function isRoot(graph: HeapGraph, node: NodeIndex): boolean {
  return graph.roots.some(
    (root) => root.node === node && (root.kind === 'module' || root.kind === 'global' || root.kind === 'interpreter'),
  );
}

interface Candidate {
  readonly kind: 'single' | 'group';
  readonly numbers: Uint32Array;
  readonly retainedBytes: number;
}

function singles({ retained }: DominatorTree, numbers: Uint32Array, thresholdBytes: number): Candidate[] {
  return Array.from(
    numbers.filter((number) => retained[number] > thresholdBytes),
    (number) => single(number, retained),
  );
}

function single(number: number, retained: DominatorTree['retained']): Candidate {
  return { kind: 'single', numbers: Uint32Array.of(number), retainedBytes: retained[number] };
}

/** What is no single suspect, by type; types that do not pass are left out. */
function groups(graph: HeapGraph, { node, retained }: DominatorTree, numbers: Uint32Array, thresholdBytes: number): Candidate[] {
  const bytesByType = new Float64Array(graph.types.length);
  const rest = numbers.filter((number) => retained[number] <= thresholdBytes);
  for (const number of rest) bytesByType[graph.typeOf[node[number]]] += retained[number];
  const found: Candidate[] = [];
  for (let type = 0; type < bytesByType.length; type++) {
    if (bytesByType[type] <= thresholdBytes) continue;
    const members = rest.filter((number) => graph.typeOf[node[number]] === type);
    found.push({ kind: 'group', numbers: members, retainedBytes: bytesByType[type] });
  }
  return found;
}

/**
 * The largest few, one or many, when nothing passes the threshold. Some of the largest objects are the runtime's own: as many
 * more are looked at as there may be of these.
 */
function theLargest(graph: HeapGraph, tree: DominatorTree, numbers: Uint32Array, few: number, explaining: Explaining): Suspect[] {
  const alone = largestNumbers(tree, numbers, few + RUNTIME_TABLES);
  const explained = explaining.explain(alone.map((number) => single(number, tree.retained)));
  const isSaid = explained.map((suspect) => saysSomething(graph, suspect));
  const singles = explained.filter((_, i) => isSaid[i]).slice(0, few);
  const isShown = new Set(singles);
  const rest = largestGroup(graph, tree, numbers, new Set(alone.filter((_, i) => !isSaid[i] || isShown.has(explained[i]))));
  const groups = explaining.explain(rest).filter((suspect) => saysSomething(graph, suspect));
  const bySize = [...singles, ...groups].sort((a, b) => b.retainedBytes - a.retainedBytes);
  return merged(bySize.slice(0, few).map((each) => ({ ...each, passes: false })));
}

/** The type of which most is kept by objects that are not `taken`, at least two of them; none or one. */
function largestGroup(graph: HeapGraph, tree: DominatorTree, numbers: Uint32Array, taken: ReadonlySet<number>): Candidate[] {
  const bytesByType = new Float64Array(graph.types.length);
  for (const number of numbers) if (!taken.has(number)) bytesByType[graph.typeOf[tree.node[number]]] += tree.retained[number];
  const type = bytesByType.reduce((best, bytes, at) => (bytes > bytesByType[best] ? at : best), 0);
  const members = numbers.filter((number) => !taken.has(number) && graph.typeOf[tree.node[number]] === type);
  return members.length < 2 ? [] : [{ kind: 'group', numbers: members, retainedBytes: bytesByType[type] }];
}

/** Finds where candidates pile up, and how that is held. */
class Explaining {
  readonly #graph: HeapGraph;
  readonly #tree: DominatorTree;
  readonly #walk: Walk;
  readonly #largestChild: Uint32Array;
  readonly #signatures: PathSignatures;

  constructor(graph: HeapGraph, tree: DominatorTree, walk: Walk, largestChild: Uint32Array) {
    this.#graph = graph;
    this.#tree = tree;
    this.#walk = walk;
    this.#largestChild = largestChild;
    this.#signatures = new PathSignatures(graph);
  }

  explain(candidates: readonly Candidate[]): Omit<Suspect, 'passes'>[] {
    const points = candidates.map((candidate) =>
      candidate.kind === 'single' ? this.#pointOf(candidate.numbers[0]) : this.#commonHolder(candidate),
    );
    const contents = new AccumulationContents(
      this.#graph,
      this.#tree,
      points.flatMap((point) => point?.node ?? []),
    );
    return candidates.map((candidate, i) => {
      const point = points[i];
      return this.#suspect(candidate, point === undefined ? undefined : { ...point, ...contents.below(point.node) });
    });
  }

  #pointOf(number: number): Point {
    const { retained, node } = this.#tree;
    const { at, chainedObjects } = pileUp(this.#graph, this.#tree, number, this.#largestChild);
    return { node: node[at], retainedBytes: retained[at], members: 1, coveredMembers: 1, chainedObjects };
  }

  #commonHolder({ numbers }: Candidate): Point | undefined {
    const { node, number, retained } = this.#tree;
    const step = Math.max(1, numbers.length / MOST_MEMBERS);
    const members = Uint32Array.from({ length: Math.min(numbers.length, MOST_MEMBERS) }, (_, i) => node[numbers[Math.floor(i * step)]]);
    const holder = commonHolder(this.#walk, members, (member) => retained[number[member]]);
    return holder === undefined ? undefined : { ...holder, members: members.length, chainedObjects: 0 };
  }

  #suspect({ kind, numbers, retainedBytes }: Candidate, accumulation: AccumulationPoint | undefined): Omit<Suspect, 'passes'> {
    const sample = this.#largest(numbers);
    const path = pathTo(this.#graph, this.#walk, accumulation?.node ?? sample[0]);
    return {
      kind,
      type: this.#graph.typeOf[sample[0]],
      objects: numbers.length,
      retainedBytes,
      sample,
      accumulation,
      path: path === undefined ? undefined : shortened(path),
      signature: path === undefined ? '' : this.#signatures.of(path),
      owner: path === undefined ? undefined : suspectOwner(this.#graph, path),
    };
  }

  #largest(numbers: Uint32Array): readonly NodeIndex[] {
    return largestNumbers(this.#tree, numbers, SAMPLE).map((number) => this.#tree.node[number]);
  }
}

type Point = Omit<AccumulationPoint, 'below' | 'belowObjects'>;

function shortened({ root, steps }: RetainingPath): SuspectPath {
  if (steps.length <= MOST_STEPS) return { root, steps, omittedSteps: 0 };
  const half = MOST_STEPS / 2;
  return { root, steps: [...steps.slice(0, half), ...steps.slice(-half)], omittedSteps: steps.length - MOST_STEPS };
}

/** Singles of one type that are held in the same way are one suspect: there is one thing to change. The largest stands for all. */
function merged(suspects: readonly Suspect[]): Suspect[] {
  const bySize = [...suspects].sort((a, b) => b.retainedBytes - a.retainedBytes || a.sample[0] - b.sample[0]);
  const byKey = new Map<string, Suspect>();
  for (const suspect of bySize) {
    const key = `${suspect.kind} ${suspect.type} ${suspect.signature === '' ? suspect.sample[0] : suspect.signature}`;
    const first = byKey.get(key);
    if (first === undefined || suspect.kind === 'group') {
      byKey.set(key, suspect);
      continue;
    }
    const objects = first.objects + suspect.objects;
    const retainedBytes = first.retainedBytes + suspect.retainedBytes;
    byKey.set(key, { ...first, objects, retainedBytes, sample: [...first.sample, ...suspect.sample].slice(0, SAMPLE) });
  }
  return [...byKey.values()].sort((a, b) => b.retainedBytes - a.retainedBytes || a.sample[0] - b.sample[0]);
}
