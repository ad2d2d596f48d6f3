import { GrowingUint32 } from '../../graph/growing-column.ts';
import { EdgeKernel } from './row-kernel/edge-kernel.ts';
import { EdgeType, edgeTypeOf, FLAGS_OF_INTERNAL, flagsOfEdgeType, isByPosition } from './edge-types.ts';
import { COMMA, NEWLINE, ZERO } from './json-bytes.ts';
import { EPHEMERON_NAME } from './known-names.ts';
import type { RowReader } from './read-rows.ts';
import { BLOCK_BYTES } from './row-places.ts';
import { SnapshotContradictoryError } from './snapshot-errors.ts';
import type { EdgeLayout, SnapshotHeader } from './snapshot-header.ts';

const FOUR = 0x34;
/** `0,0,0,` is the shortest row. */
const SHORTEST_ROW_BYTES = 6;
const MOST_ROWS_IN_BLOCK = Math.ceil(BLOCK_BYTES / SHORTEST_ROW_BYTES) + 1;

/** Columns of references while they are read, and the three ways to read rows into them. */
export class EdgeRows implements RowReader {
  readonly target: Uint32Array;
  readonly flags: Uint8Array;
  /** Where the bytes have to lie that `read` reads fastest, if it makes a difference. */
  readonly bytes: Uint8Array | undefined;
  /** Names (or positions) of the rows from `namesFrom` on: of the block that was read last, or of all. */
  readonly names: Uint32Array;
  readonly keepsNames: boolean;
  namesFrom = 0;
  /** References between the parts of WeakMaps, ascending, and the strings that say so. */
  readonly ephemerons = new GrowingUint32(16);
  readonly ephemeronNames = new GrowingUint32(16);
  readonly #knownNames: Uint8Array;
  readonly #layout: EdgeLayout;
  readonly #nodeFields: number;
  readonly #nodeCount: number;
  readonly #edgeCount: number;
  readonly #flagsByType: Uint8Array;
  readonly #isNamed: Uint8Array;
  readonly #isCanonical: boolean;
  readonly #kernel: EdgeKernel | undefined;
  row = 0;

  /** `kernelBytes`: how much there shall be room for in `bytes`; 0 does without. */
  constructor(header: SnapshotHeader, knownNames: Uint8Array, keepsNames: boolean, kernelBytes: number) {
    const { edge, edgeTypes } = header;
    this.target = new Uint32Array(header.edgeCount);
    this.flags = new Uint8Array(header.edgeCount);
    this.keepsNames = keepsNames;
    this.#knownNames = knownNames;
    this.#layout = edge;
    this.#nodeFields = header.node.fields;
    this.#nodeCount = header.nodeCount;
    this.#edgeCount = header.edgeCount;
    this.#flagsByType = Uint8Array.from(edgeTypes, flagsOfEdgeType);
    this.#isNamed = this.#flagsByType.map((flags) => (isByPosition(edgeTypeOf(flags)) ? 0 : 1));
    this.#isCanonical = edge.fields === 3 && edge.type === 0 && edge.nameOrIndex === 1 && edge.toNode === 2;
    this.#kernel = this.#isCanonical && kernelBytes > 0 ? this.#makeKernel(kernelBytes) : undefined;
    this.bytes = this.#kernel?.bytes;
    this.names = keepsNames ? new Uint32Array(header.edgeCount) : (this.#kernel?.names ?? new Uint32Array(MOST_ROWS_IN_BLOCK));
  }

  #makeKernel(bytes: number): EdgeKernel | undefined {
    const tables = {
      flagsOfType: this.#flagsByType,
      isNamed: this.#isNamed,
      flagsOfInternal: FLAGS_OF_INTERNAL,
      knownNames: this.#knownNames,
      nodeFields: this.#nodeFields,
      nodeCount: this.#nodeCount,
      internalFlags: EdgeType.internal,
      ephemeronName: EPHEMERON_NAME,
    };
    return EdgeKernel.create(tables, MOST_ROWS_IN_BLOCK, bytes);
  }

  read(bytes: Uint8Array, p: number, limit: number): number {
    if (!this.#isCanonical) return p;
    return this.#kernel?.bytes === bytes ? this.#readByKernel(this.#kernel, p, limit) : this.#readHere(bytes, p, limit);
  }

  #readByKernel(kernel: EdgeKernel, p: number, limit: number): number {
    const { row, namesFrom, keepsNames } = this;
    // Where only the names of a block are kept, the kernel's own column is where.
    const at = keepsNames ? 0 : row - namesFrom;
    const stop = kernel.read(p, limit, at, Math.min(MOST_ROWS_IN_BLOCK - at, this.#edgeCount - row));
    const { rows, ephemeronRows } = kernel;
    this.target.set(kernel.targets.subarray(at, at + rows), row);
    this.flags.set(kernel.flags.subarray(at, at + rows), row);
    if (keepsNames) this.names.set(kernel.names.subarray(0, rows), row);
    for (let i = 0; i < ephemeronRows; i++) {
      this.ephemerons.push(row + kernel.ephemerons[i] - at);
      this.ephemeronNames.push(kernel.names[kernel.ephemerons[i]]);
    }
    this.row += rows;
    return stop;
  }

  #readHere(bytes: Uint8Array, p: number, limit: number): number {
    const { target, flags, names, namesFrom, ephemerons, ephemeronNames } = this;
    const knownNames = this.#knownNames;
    const flagsByType = this.#flagsByType;
    const isNamed = this.#isNamed;
    const nodeFields = this.#nodeFields;
    const nodeCount = this.#nodeCount;
    const edgeCount = this.#edgeCount;
    const typeCount = flagsByType.length;
    const stringCount = knownNames.length;
    const perField = 1 / nodeFields;
    // Imported constants are looked up each time they are read, by some runtimes.
    const zero = ZERO;
    const comma = COMMA;
    const newline = NEWLINE - ZERO;
    const afterComma = COMMA - ZERO;
    const ephemeron = EPHEMERON_NAME;
    const flagsOfInternal = FLAGS_OF_INTERNAL;
    const { internal } = EdgeType;
    let row = this.row;
    while (p < limit && row < edgeCount) {
      const start = p;
      const type = bytes[p] - zero;
      if (type >>> 0 > 9 || type >= typeCount || bytes[p + 1] !== comma) break;
      p += 2;

      let digit = 0;
      let name = 0;
      let first = p;
      while ((digit = bytes[p++] - zero) >>> 0 < 10) name = (name * 10 + digit) | 0;
      if (digit !== afterComma || ((p - first - 2) >>> 0 > 8 && (p - first !== 11 || bytes[first] >= FOUR))) {
        p = start;
        break;
      }

      let to = 0;
      first = p;
      while ((digit = bytes[p++] - zero) >>> 0 < 10) to = (to * 10 + digit) | 0;
      if ((p - first - 2) >>> 0 > 8 && (p - first !== 11 || bytes[first] >= FOUR)) {
        p = start;
        break;
      }
      // An exact multiple gives its exact quotient this way, for all 32-bit numbers, and nothing else passes the check.
      const node = ((to >>> 0) * perField + 0.5) >>> 0;
      if (Math.imul(node, nodeFields) !== to || node >= nodeCount) {
        p = start;
        break;
      }

      if (digit !== afterComma) {
        if (digit !== newline || bytes[p] !== comma) {
          p = start;
          break;
        }
        p++;
      }

      let flag = flagsByType[type];
      if (name >>> 0 >= stringCount && isNamed[type] !== 0) {
        p = start;
        break;
      }
      if (flag === internal) {
        const word = knownNames[name];
        flag = flagsOfInternal[word];
        if (word === ephemeron) {
          ephemerons.push(row);
          ephemeronNames.push(name);
        }
      }
      target[row] = node;
      flags[row] = flag;
      names[row - namesFrom] = name;
      row++;
    }
    this.row = row;
    return p;
  }

  take(numbers: Float64Array, atByte: number): void {
    const { row } = this;
    const type = numbers[this.#layout.type];
    const name = numbers[this.#layout.nameOrIndex];
    const to = numbers[this.#layout.toNode];
    const fail = (what: string): SnapshotContradictoryError => new SnapshotContradictoryError(what, atByte);
    if (row >= this.#edgeCount) throw fail(`it announces ${this.#edgeCount} references, and there are more`);
    if (type >= this.#flagsByType.length)
      throw fail(`reference ${row} is of type ${type}, and there are ${this.#flagsByType.length} types`);
    if (this.#isNamed[type] !== 0 && name >= this.#knownNames.length)
      throw fail(`the name of reference ${row} is string ${name}, and there are ${this.#knownNames.length} strings`);
    if (to % this.#nodeFields !== 0 || to / this.#nodeFields >= this.#nodeCount)
      throw fail(`reference ${row} leads to ${to}, which is not the first number of any of ${this.#nodeCount} nodes`);
    let flag = this.#flagsByType[type];
    if (flag === EdgeType.internal) {
      const word = this.#knownNames[name];
      flag = FLAGS_OF_INTERNAL[word];
      if (word === EPHEMERON_NAME) {
        this.ephemerons.push(row);
        this.ephemeronNames.push(name);
      }
    }
    this.target[row] = to / this.#nodeFields;
    this.flags[row] = flag;
    this.names[row - this.namesFrom] = Math.min(name, 0xffffffff);
    this.row++;
  }
}
