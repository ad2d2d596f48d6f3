import { breadthFirst, type Walk } from '../../graph/breadth-first.ts';
import { dominators, type DominatorTree } from '../../graph/dominators/index.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import { hasOwnObjects, ownBytes } from '../../graph/own-objects.ts';
import type { Progress } from '../../graph/progress.ts';
import { reverseEdges, type ReverseEdges } from '../../graph/reverse-edges.ts';
import { Scratch } from '../../graph/scratch.ts';
import type { LoadedHeap } from '../../formats/heap-format.ts';
import type { HeapSummary, ObjectView } from '../../report/index.ts';
import { typeName } from '../paths/step-text.ts';
import { whereText } from '../paths/where.ts';

export interface HeapFile {
  readonly path: string;
  readonly sizeBytes: number;
}

/** One heap, opened: what every question about it starts from. What is dear is made when it is first needed. */
export class Heap {
  readonly graph: HeapGraph;
  readonly progress: Progress;
  /** Of all passes over this heap. */
  readonly scratch = new Scratch();
  readonly #loaded: LoadedHeap;
  readonly #file: HeapFile;
  #tree: DominatorTree | undefined;
  #walk: Walk | undefined;
  #reverse: ReverseEdges | undefined;

  constructor(loaded: LoadedHeap, file: HeapFile, progress: Progress) {
    this.graph = loaded.graph;
    this.progress = progress;
    this.#loaded = loaded;
    this.#file = file;
  }

  get tree(): DominatorTree {
    return (this.#tree ??= this.#loaded.tree?.() ?? dominators(this.graph, this.progress, this.scratch));
  }

  /** The same, if anybody has asked for it: what a cache keeps without having it computed for that. */
  get treeIfKnown(): DominatorTree | undefined {
    return this.#tree;
  }

  /** Shortest paths as the developer sees the heap. */
  get walk(): Walk {
    if (this.#walk === undefined) this.progress({ step: 'paths', done: 0, total: this.graph.nodeCount });
    return (this.#walk ??= breadthFirst(this.graph));
  }

  get reverse(): ReverseEdges {
    return (this.#reverse ??= reverseEdges(this.graph));
  }

  summary(): HeapSummary {
    const { graph } = this;
    const { format, runtime, takenAtMs, whole } = this.#loaded;
    let shallowBytes = 0;
    for (let node = 0; node < graph.nodeCount; node++) shallowBytes += graph.shallowBytes[node];
    return {
      file: this.#file.path,
      fileBytes: this.#file.sizeBytes,
      format,
      runtime: { name: runtime.name, version: runtime.version ?? null },
      takenAt: takenAtMs === undefined ? null : new Date(takenAtMs).toISOString(),
      objects: graph.nodeCount,
      references: graph.edgeCount,
      shallowBytes,
      ...this.#held(shallowBytes),
      whole,
      gaps: graph.gaps,
    };
  }

  /** Without dominators where all is held and nothing is heaptrail's own: of heaps that are compared, only the last needs them then. */
  #held(shallowBytes: number): Pick<HeapSummary, 'heldBytes' | 'garbage'> {
    const { graph } = this;
    const isAllHeld = graph.anchors.unreached === 'held';
    if (isAllHeld && !hasOwnObjects(graph)) return { heldBytes: shallowBytes, garbage: null };
    const { tree } = this;
    const garbage = { objects: graph.nodeCount - tree.reachedCount, bytes: shallowBytes - tree.totalBytes };
    return { heldBytes: tree.totalBytes - ownBytes(graph, tree), garbage: isAllHeld ? null : garbage };
  }

  /** How the developer finds an object: `module app → .cache → ["key"]`; null for what nothing holds. */
  where(node: NodeIndex): string | null {
    return whereText(this.graph, this.walk, node) ?? null;
  }

  view(node: NodeIndex): ObjectView {
    const { graph, tree } = this;
    return {
      handle: handleOf(node),
      type: typeName(graph, node),
      text: graph.language.nodeText(graph, node) ?? null,
      address: `@${graph.language.addressText(graph.address[node])}`,
      shallowBytes: graph.shallowBytes[node],
      retainedBytes: tree.retainedBytes(node),
    };
  }
}

export function handleOf(node: NodeIndex): string {
  return `n-${node}`;
}
