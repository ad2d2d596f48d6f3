import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { DevToolsAPI } from 'heap-snapshot-toolkit';

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
  /** 1 for what is out of the document. */
  readonly isDetached: Uint8Array;
  /** True when nodes are left over that hold each other and that nothing else reaches: DevTools' dominators of those mean nothing. */
  readonly hasKnots: boolean;
  /**
   * DevTools' class histogram, of what the file says alone: without the classes that DevTools guesses for plain objects from
   * their properties, and with classes of one name as one, wherever their constructors are.
   */
  classes(): DevToolsClass[];
}

export interface DevToolsClass {
  readonly name: string;
  readonly objects: number;
  readonly shallowBytes: number;
  readonly retainedBytes: number;
}

/** The parts of DevTools' own model that are read here; the types that the package publishes leave them out. */
interface DevToolsSnapshot {
  readonly nodeCount: number;
  readonly nodeFieldCount: number;
  readonly nodeSelfSizeOffset: number;
  readonly nodes: { getValue(index: number): number };
  readonly retainedSizes: Float64Array;
  readonly dominatorsTree: Uint32Array;
  readonly nodeDistances: Int32Array;
  createNode(index: number): { nodeIndex: number; detachedness(): number };
  calculateObjectNames(): void;
  getLocation: (nodeIndex: number) => unknown;
  buildAggregates(): Map<unknown, Aggregate>;
  calculateClassesRetainedSize(aggregates: Map<unknown, Aggregate>): void;
}

interface Aggregate {
  readonly name: string;
  readonly count: number;
  readonly self: number;
  readonly maxRet: number;
}

interface DevToolsLoader {
  write(chunk: string): void;
  close(): void;
  readonly parsingComplete: Promise<void>;
  buildSnapshot(port: MessagePort): Promise<DevToolsSnapshot>;
}

interface DevToolsModules {
  readonly HeapSnapshotLoader: { readonly HeapSnapshotLoader: new () => DevToolsLoader };
  readonly SecondaryInitManager: new (port: MessagePort) => unknown;
}

const DETACHED = 2;

/**
 * Has a snapshot read by DevTools' own code (the package `heap-snapshot-toolkit` carries it): the oracle for ours. Slow, and
 * takes several times the file's size in memory; for files up to some 100 MB.
 */
export function devToolsHeap(path: string): Promise<DevToolsHeap> {
  return read(createReadStream(path, 'utf8'));
}

/** The same for a snapshot that is no file: its JSON. */
export function devToolsHeapOfText(text: string): Promise<DevToolsHeap> {
  return read(Readable.from([text]));
}

/** As the package's own `parse`, but listening to the problems that DevTools reports. */
async function read(chunks: AsyncIterable<string>): Promise<DevToolsHeap> {
  const { HeapSnapshotLoader, SecondaryInitManager } = DevToolsAPI as unknown as DevToolsModules;
  const loader = new HeapSnapshotLoader.HeapSnapshotLoader();
  for await (const chunk of chunks) loader.write(chunk);
  loader.close();
  await loader.parsingComplete;
  const { port1, port2 } = new MessageChannel();
  let hasKnots = false;
  port1.on('message', (data: { readonly problemReport?: readonly unknown[] } | undefined) => {
    hasKnots ||= data?.problemReport?.some((line) => String(line).includes('Still found')) === true;
  });
  try {
    new SecondaryInitManager(port2);
    const snapshot = await loader.buildSnapshot(port1);
    return columnsOf(snapshot, hasKnots);
  } finally {
    port1.close();
    port2.close();
  }
}

function columnsOf(heap: DevToolsSnapshot, hasKnots: boolean): DevToolsHeap {
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
    hasKnots,
    classes: () => classesOf(heap),
  };
}

function classesOf(heap: DevToolsSnapshot): DevToolsClass[] {
  heap.calculateObjectNames();
  heap.getLocation = () => null;
  const aggregates = heap.buildAggregates();
  heap.calculateClassesRetainedSize(aggregates);
  return [...aggregates.values()].map(({ name, count, self, maxRet }) => ({
    name,
    objects: count,
    shallowBytes: self,
    retainedBytes: maxRet,
  }));
}
