import { EdgeKind, labelKind, type EdgeLabel } from './edge-label.ts';
import { GrowingUint32 } from './growing-column.ts';
import type { ChildSink } from './language.ts';
import type { HeapGraph, NodeIndex, Root } from './heap-graph.ts';

/** How a node was first reached. Columns over all nodes. */
export interface Walk {
  /** The node that reached it, ROOT for a root, ABSORBED's owner for a table passed through, UNREACHED otherwise. */
  readonly parent: Int32Array;
  /** Label of the step from the parent; meaningless for roots. */
  readonly parentLabel: Uint32Array;
  /** Index into `graph.roots` for roots, -1 otherwise. */
  readonly rootIndex: Int32Array;
  /** 1 for tables that were passed through on behalf of their owner. */
  readonly absorbed: Uint8Array;
  readonly reachedCount: number;
}

export const UNREACHED = -1;
export const ROOT = -2;
/** heaptrail's own objects: neither reached nor garbage. */
export const OWN = -3;

export interface WalkHooks {
  /** Each node once, when it is first reached; `parent` is ROOT for roots. */
  reached?(node: NodeIndex, parent: number, label: EdgeLabel, root: Root | undefined): void;
  absorbed?(node: NodeIndex, owner: NodeIndex): void;
  /** Sorts one level in place before it is expanded: who comes first keeps the children that several could claim. */
  orderLevel?(level: Uint32Array): void;
}

/** Roots are tried kind by kind, the later ones only for what the earlier do not reach: a path through a module says more than one through a stack. */
const ROOT_PHASES: readonly (readonly Root['kind'][])[] = [['global', 'module'], ['frame'], ['interpreter']];

/**
 * Breadth-first walk from the roots over the developer's view of the graph (`Language.children`). Shortest paths first,
 * in phases: modules, frames, interpreter; then classes that only their instances reach; then what native code holds.
 * Iterative; O(nodes + edges); about 13 bytes a node.
 */
export function breadthFirst(graph: HeapGraph, hooks: WalkHooks = {}): Walk {
  const walker = new Walker(graph, hooks);
  for (const root of graph.roots) if (root.kind === 'agent') walker.exclude(root.node);
  for (const kinds of ROOT_PHASES) {
    walker.addRoots(kinds);
    walker.drain();
  }
  walker.takeTypes();
  walker.addRoots(['native']);
  walker.drain();
  walker.takeTypes();
  return walker.walk;
}

class Walker implements ChildSink {
  readonly walk: { parent: Int32Array; parentLabel: Uint32Array; rootIndex: Int32Array; absorbed: Uint8Array; reachedCount: number };
  readonly #graph: HeapGraph;
  readonly #hooks: WalkHooks;
  readonly #queue: Uint32Array;
  #head = 0;
  #tail = 0;
  #owner = 0;
  readonly #typeTarget = new GrowingUint32();
  readonly #typeOwner = new GrowingUint32();
  readonly #typeLabel = new GrowingUint32();

  constructor(graph: HeapGraph, hooks: WalkHooks) {
    this.#graph = graph;
    this.#hooks = hooks;
    this.#queue = new Uint32Array(graph.nodeCount);
    this.walk = {
      parent: new Int32Array(graph.nodeCount).fill(UNREACHED),
      parentLabel: new Uint32Array(graph.nodeCount),
      rootIndex: new Int32Array(graph.nodeCount).fill(-1),
      absorbed: new Uint8Array(graph.nodeCount),
      reachedCount: 0,
    };
  }

  exclude(node: NodeIndex): void {
    this.walk.parent[node] = OWN;
  }

  addRoots(kinds: readonly Root['kind'][]): void {
    const { roots } = this.#graph;
    for (let i = 0; i < roots.length; i++) {
      const root = roots[i];
      if (!kinds.includes(root.kind) || this.walk.parent[root.node] !== UNREACHED) continue;
      this.walk.rootIndex[root.node] = i;
      this.#reach(root.node, ROOT, 0, root);
    }
  }

  drain(): void {
    const { language } = this.#graph;
    while (this.#head < this.#tail) {
      const levelEnd = this.#tail;
      this.#hooks.orderLevel?.(this.#queue.subarray(this.#head, levelEnd));
      while (this.#head < levelEnd) {
        this.#owner = this.#queue[this.#head++]!;
        language.children(this.#graph, this.#owner, this);
      }
    }
  }

  /** Classes that nothing but their instances reach, once all other paths are exhausted. */
  takeTypes(): void {
    for (let i = 0; i < this.#typeTarget.length; i++) {
      const target = this.#typeTarget.at(i);
      if (this.walk.parent[target] === UNREACHED) this.#reach(target, this.#typeOwner.at(i), this.#typeLabel.at(i), undefined);
    }
    this.drain();
  }

  child(target: NodeIndex, label: EdgeLabel): void {
    if (this.walk.parent[target] !== UNREACHED) return;
    if (labelKind(label) === EdgeKind.type) {
      this.#typeTarget.push(target);
      this.#typeOwner.push(this.#owner);
      this.#typeLabel.push(label);
      return;
    }
    this.#reach(target, this.#owner, label, undefined);
  }

  absorb(node: NodeIndex): boolean {
    if (this.walk.parent[node] !== UNREACHED) return false;
    this.walk.parent[node] = this.#owner;
    this.walk.absorbed[node] = 1;
    this.walk.reachedCount++;
    this.#hooks.absorbed?.(node, this.#owner);
    return true;
  }

  #reach(node: NodeIndex, parent: number, label: EdgeLabel, root: Root | undefined): void {
    this.walk.parent[node] = parent;
    this.walk.parentLabel[node] = label;
    this.walk.reachedCount++;
    this.#queue[this.#tail++] = node;
    this.#hooks.reached?.(node, parent, label, root);
  }
}
