import { KernelMemory, type KernelExports } from './kernel-memory.ts';

/** What a reference is judged by; see `EdgeRows`. */
export interface EdgeTables {
  readonly flagsOfType: Uint8Array;
  /** 1 for types of which the name is a string. */
  readonly isNamed: Uint8Array;
  /** By the number of a known name. */
  readonly flagsOfInternal: Uint8Array;
  /** By string. */
  readonly knownNames: Uint8Array;
  readonly nodeFields: number;
  readonly nodeCount: number;
  /** The flags of the type of which the name decides. */
  readonly internalFlags: number;
  readonly ephemeronName: number;
}

/** More strings than this would need more memory than such a reader is worth. */
const MOST_STRINGS = 1 << 28;

/** Reads references in two thirds of the time that the same loop takes in JavaScript, in memory of its own. */
export class EdgeKernel {
  /** Only what lies here can be read. */
  readonly bytes: Uint8Array;
  /** The rows that were read last. */
  readonly targets: Uint32Array;
  readonly flags: Uint8Array;
  readonly names: Uint32Array;
  /** Their entries that are parts of WeakMaps, ascending. */
  readonly ephemerons: Uint32Array;
  readonly #kernel: KernelExports;

  /** Undefined where there can be none. */
  static create(tables: EdgeTables, mostRows: number, windowBytes: number): EdgeKernel | undefined {
    if (tables.knownNames.length > MOST_STRINGS) return undefined;
    const memory = new KernelMemory();
    const filled = [tables.flagsOfType, tables.isNamed, tables.flagsOfInternal, tables.knownNames] as const;
    const [flagsOfType, isNamed, flagsOfInternal, knownNames] = filled.map(({ length }) => memory.place(length));
    const [targets, names, notes] = [memory.place(4 * mostRows), memory.place(4 * mostRows), memory.place(4 * mostRows)];
    const flags = memory.place(mostRows);
    const window = memory.place(windowBytes);
    const started = memory.start();
    if (started === undefined) return undefined;
    const { buffer, kernel } = started;
    new Uint8Array(buffer).set(tables.flagsOfType, flagsOfType);
    new Uint8Array(buffer).set(tables.isNamed, isNamed);
    new Uint8Array(buffer).set(tables.flagsOfInternal, flagsOfInternal);
    new Uint8Array(buffer).set(tables.knownNames, knownNames);
    kernel.setEdgeTables(flagsOfType, isNamed, flagsOfInternal, knownNames);
    kernel.setEdgeColumns(targets, flags, names, notes);
    const { nodeFields, nodeCount, internalFlags, ephemeronName } = tables;
    kernel.setEdgeCounts(tables.flagsOfType.length, tables.knownNames.length, nodeFields, nodeCount, internalFlags, ephemeronName);
    return new EdgeKernel(kernel, {
      bytes: new Uint8Array(buffer, window, windowBytes),
      targets: new Uint32Array(buffer, targets, mostRows),
      flags: new Uint8Array(buffer, flags, mostRows),
      names: new Uint32Array(buffer, names, mostRows),
      ephemerons: new Uint32Array(buffer, notes, mostRows),
    });
  }

  private constructor(kernel: KernelExports, columns: Pick<EdgeKernel, 'bytes' | 'targets' | 'flags' | 'names' | 'ephemerons'>) {
    this.#kernel = kernel;
    this.bytes = columns.bytes;
    this.targets = columns.targets;
    this.flags = columns.flags;
    this.names = columns.names;
    this.ephemerons = columns.ephemerons;
  }

  /** Reads at most `most` rows that begin in `bytes[p .. limit[` into the columns, from their entry `at` on; returns where it stopped. */
  read(p: number, limit: number, at: number, most: number): number {
    const start = this.bytes.byteOffset;
    return this.#kernel.readEdges(start + p, start + limit, at, most) - start;
  }

  /** Rows that the last `read` took. */
  get rows(): number {
    return this.#kernel.rows.value;
  }

  get ephemeronRows(): number {
    return this.#kernel.noted.value;
  }
}
