import { inflate, openHeapFile, recogniseFormat, whileUnchanged } from '../../packages/capture/src/index.ts';
import { heapFormats, type LoadedHeap } from '../../packages/core/src/index.ts';

export type ClassCounts = ReadonlyMap<string, number>;

/** Objects by class in a heap snapshot, as heaptrail's own engine reads it. Internal tables count under their own names. */
export async function classCounts(path: string): Promise<ClassCounts> {
  const file = await openHeapFile(path);
  try {
    const format = recogniseFormat(file, heapFormats);
    const options = { inflate, shallowSizes: 'raw', keepNames: false, progress: () => undefined } as const;
    const { graph } = whileUnchanged(file, () => format.load(file.source, options));
    return countsOf(graph);
  } finally {
    file.close();
  }
}

/** Templates of literals, which compilers make when code runs often enough, are held by compiled code alone: no objects of the program. */
function countsOf(graph: LoadedHeap['graph']): ClassCounts {
  const { nodeCount, typeOf, types, firstEdge, edgeTarget } = graph;
  const compilersOwn = types.map(({ displayName }) => displayName === '(compiled code)' || displayName === '(object shape)');
  const heldByOthers = new Uint8Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    if (compilersOwn[typeOf[node]]) continue;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) heldByOthers[edgeTarget[edge]] = 1;
  }
  const counts = new Map<string, number>();
  for (let node = 0; node < nodeCount; node++) {
    if (heldByOthers[node] === 0) continue;
    const name = types[typeOf[node]].displayName;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
