import type { NodeIndex } from './heap-graph.ts';

/** From where a heap is held, for exact algorithms. Complete, unlike `HeapGraph.roots`, which is for readers. */
export interface Anchors {
  /** The node that stands for all roots, where the format has one (V8: node 0); undefined: the root is no node. */
  readonly rootNode: NodeIndex | undefined;
  /**
   * Nodes held from outside, in two tiers. What `first` reaches belongs to it: a reference from elsewhere into it
   * retains nothing (V8: page objects seen from debugger and embedder; CPython: the program seen from heaptrail's agent).
   */
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  /** The roots from which distances are counted before all others; the rest begins at `SYSTEM_DISTANCE`. */
  readonly near: Uint32Array;
  /** What no anchor reaches: garbage, or held by something that the file does not show. */
  readonly unreached: 'garbage' | 'held';
}
