import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ByteSource, LoadedHeap } from '../../packages/core/src/index.ts';
import { heapFormats, noProgress } from '../../packages/core/src/index.ts';
import { distances } from '../../packages/core/src/graph/distances.ts';
import { dominators, NO_DOMINATOR } from '../../packages/core/src/graph/dominators/index.ts';
import { devToolsHeap } from './devtools.ts';

/** In how many of its nodes our reading of a snapshot differs from that of DevTools, by what was compared. */
export interface Differences {
  readonly nodes: number;
  readonly shallow: number;
  readonly retained: number;
  readonly dominator: number;
  readonly distance: number;
}

/** Compares every node of a snapshot. Where neither knows a distance, they agree. */
export async function compareWithDevTools(path: string): Promise<Differences> {
  const theirs = await devToolsHeap(path);
  const { graph } = load(path);
  const tree = dominators(graph);
  const distance = distances(graph);
  const differ = { nodes: theirs.nodeCount, shallow: 0, retained: 0, dominator: 0, distance: 0 };
  if (graph.nodeCount !== theirs.nodeCount) throw new Error(`${theirs.nodeCount} nodes expected, found ${graph.nodeCount}`);
  for (let node = 0; node < graph.nodeCount; node++) {
    if (graph.shallowBytes[node] !== theirs.shallowBytes[node]) differ.shallow++;
    if (tree.retainedBytes(node) !== theirs.retainedBytes[node]) differ.retained++;
    const dominator = tree.dominatorOf(node);
    if ((dominator === NO_DOMINATOR ? 0 : dominator) !== theirs.dominator[node]) differ.dominator++;
    if (Math.max(-1, theirs.distance[node]) !== distance[node]) differ.distance++;
  }
  return differ;
}

function load(path: string): LoadedHeap {
  const fd = openSync(path, 'r');
  const { size } = fstatSync(fd);
  const source: ByteSource = { sizeBytes: size, read: (into, position) => readSync(fd, into, 0, into.length, position) };
  const format = heapFormats.find(({ id }) => id === 'v8-heapsnapshot')!;
  try {
    return format.load(source, { inflate: () => new Uint8Array(), shallowSizes: 'owner', keepNames: false, progress: noProgress });
  } finally {
    closeSync(fd);
  }
}
