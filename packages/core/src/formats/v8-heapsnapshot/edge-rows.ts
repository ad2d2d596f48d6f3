import { GrowingUint32 } from '../../graph/growing-column.ts';
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

/** Columns of references while they are read, and the two ways to read a row into them. */
export class EdgeRows implements RowReader {
  readonly target: Uint32Array;
  readonly flags: Uint8Array;
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
  row = 0;

  constructor(header: SnapshotHeader, knownNames: Uint8Array, keepsNames: boolean) {
    const { edge, edgeTypes } = header;
    this.target = new Uint32Array(header.edgeCount);
    this.flags = new Uint8Array(header.edgeCount);
    this.keepsNames = keepsNames;
    this.names = new Uint32Array(keepsNames ? header.edgeCount : Math.ceil(BLOCK_BYTES / SHORTEST_ROW_BYTES) + 1);
    this.#knownNames = knownNames;
    this.#layout = edge;
    this.#nodeFields = header.node.fields;
    this.#nodeCount = header.nodeCount;
    this.#edgeCount = header.edgeCount;
    this.#flagsByType = Uint8Array.from(edgeTypes, flagsOfEdgeType);
    this.#isNamed = this.#flagsByType.map((flags) => (isByPosition(edgeTypeOf(flags)) ? 0 : 1));
    this.#isCanonical = edge.fields === 3 && edge.type === 0 && edge.nameOrIndex === 1 && edge.toNode === 2;
  }

  read(bytes: Uint8Array, p: number, limit: number): number {
    if (!this.#isCanonical) return p;
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
