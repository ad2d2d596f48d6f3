import type { NodeIndex } from '../../graph/heap-graph.ts';
import type { AddressIndex } from './address-index.ts';
import type { RawFrameRoot, RawRoot } from './raw-dump.ts';

/** One thread of the program with its stack. Nodes in place of addresses; what the dump does not hold is left out. */
export interface ThreadFacts {
  readonly id: number;
  readonly name: string;
  readonly isMain: boolean;
  /** Innermost first. */
  readonly frames: readonly ThreadFrame[];
  /** The call that it waits in without a limit in time: `lock.acquire`. */
  readonly waitsIn: string | undefined;
  readonly waitsOn: NodeIndex | undefined;
}

export interface ThreadFrame {
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly locals: readonly (readonly [name: string, node: NodeIndex])[];
  /** Every reference of the running function, counted references that no edge shows; undefined where they are not known, or are edges. */
  readonly holds: readonly NodeIndex[] | undefined;
}

/** The threads of a dump, in the order of the file. Writers before SUSPENDED blocks did not number them: then there are none. */
export function threadFacts(
  rows: readonly RawRoot[],
  index: AddressIndex,
  numberOf: Uint32Array,
  firstEdge: Uint32Array,
): readonly ThreadFacts[] {
  const framesById = new Map<number, RawFrameRoot[]>();
  for (const row of rows) {
    if (row.kind !== 'frame' || row.threadId === undefined) continue;
    const frames = framesById.get(row.threadId);
    if (frames === undefined) framesById.set(row.threadId, [row]);
    else frames.push(row);
  }
  const nodeAt = (address: number | undefined): NodeIndex | undefined => {
    const node = address === undefined ? undefined : index.nodeAt(address);
    return node === undefined ? undefined : numberOf[node];
  };
  /** A frame that the program holds is an object, and may show its references as edges. */
  const isShown = (frame: number | undefined): boolean => {
    const node = nodeAt(frame);
    return node !== undefined && firstEdge[node] < firstEdge[node + 1];
  };
  return Array.from(framesById, ([id, frames]): ThreadFacts => {
    const [innermost] = frames.sort((a, b) => a.depth - b.depth);
    return {
      id,
      name: innermost.thread,
      isMain: innermost.main,
      frames: frames.map((row) => ({
        function: row.function,
        file: row.file,
        line: row.line,
        locals: row.locals.flatMap(([name, address]) => {
          const node = nodeAt(address);
          return node === undefined ? [] : [[name, node] as const];
        }),
        holds: row.holds === undefined || isShown(row.frame) ? undefined : row.holds.flatMap((address) => nodeAt(address) ?? []),
      })),
      waitsIn: innermost.waitsIn,
      waitsOn: nodeAt(innermost.waitsOn),
    };
  });
}
