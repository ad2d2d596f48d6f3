import { createReadStream } from 'node:fs';
import { parse } from 'heap-snapshot-toolkit';

/** What Chrome's DevTools says of every node of a heap snapshot, by ordinal: the row of the node in the file. */
export interface DevToolsHeap {
  readonly nodeCount: number;
  /** Shallow sizes, after what V8 keeps for an object was moved to it. */
  readonly shallowBytes: Float64Array;
  readonly retainedBytes: Float64Array;
  /** Ordinal of the immediate dominator; the root is its own. */
  readonly dominator: Uint32Array;
  /** References from the nearest user root; 100,000,000 and more for what only the system reaches; below 0 where nothing leads. */
  readonly distance: Int32Array;
  readonly isDetached: Uint8Array;
}

/** The parts of DevTools' own model that are read here; its published types leave them out. */
interface DevToolsSnapshot {
  readonly nodeCount: number;
  readonly nodeFieldCount: number;
  readonly nodeSelfSizeOffset: number;
  readonly nodes: { getValue(index: number): number };
  readonly retainedSizes: Float64Array;
  readonly dominatorsTree: Uint32Array;
  readonly nodeDistances: Int32Array;
  createNode(index: number): { nodeIndex: number; detachedness(): number };
}

const DETACHED = 2;

/**
 * Has a snapshot read by DevTools' own code (the package `heap-snapshot-toolkit` carries it): the oracle for ours. Slow, and
 * takes several times the file's size in memory; for files up to some 100 MB.
 */
export async function devToolsHeap(path: string): Promise<DevToolsHeap> {
  const heap = await quietly(async () => (await parse(createReadStream(path, 'utf8'))) as unknown as DevToolsSnapshot);
  const { nodeCount, nodeFieldCount, nodeSelfSizeOffset } = heap;
  const shallowBytes = new Float64Array(nodeCount);
  const isDetached = new Uint8Array(nodeCount);
  const node = heap.createNode(0);
  for (let ordinal = 0; ordinal < nodeCount; ordinal++) {
    node.nodeIndex = ordinal * nodeFieldCount;
    shallowBytes[ordinal] = heap.nodes.getValue(node.nodeIndex + nodeSelfSizeOffset);
    isDetached[ordinal] = node.detachedness() === DETACHED ? 1 : 0;
  }
  return {
    nodeCount,
    shallowBytes,
    retainedBytes: heap.retainedSizes,
    dominator: heap.dominatorsTree,
    distance: heap.nodeDistances,
    isDetached,
  };
}

/** DevTools writes to the console of nodes that only weak references reach. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return await work();
  } finally {
    console.warn = warn;
  }
}
