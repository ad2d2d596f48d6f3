import { AttachednessList } from './attachedness-list.ts';
import { COMMA, NEWLINE, ZERO } from './json-bytes.ts';
import type { RowReader } from './read-rows.ts';
import { NodeKernel } from './row-kernel/node-kernel.ts';
import { BLOCK_BYTES } from './row-places.ts';
import { SnapshotContradictoryError } from './snapshot-errors.ts';
import type { NodeLayout, SnapshotHeader } from './snapshot-header.ts';
import { SpecialNodes } from './special-nodes.ts';
import { NO_TYPE, type TypeTable } from './type-table.ts';
import { WideNumbers } from './wide-numbers.ts';

/** Ten digits, of which the first is below this one, are below 2^32 whatever the others are. */
const FOUR = 0x34;
/** Five numbers of one digit make the shortest row. */
const MOST_ROWS_IN_BLOCK = Math.ceil(BLOCK_BYTES / 10) + 1;

/** Columns of nodes while they are read, and the three ways to read rows into them. */
export class NodeRows implements RowReader {
  readonly typeOf: Uint32Array;
  readonly id: Uint32Array;
  readonly selfSize: Uint32Array;
  /** Running sum of the edge counts, for `firstEdge`. */
  readonly firstEdge: Uint32Array;
  /** Allocation sites, where they were traced. */
  readonly traceNode: Uint32Array | undefined;
  /** The few numbers that do not fit into 32 bits: rows ascending, and the numbers themselves. */
  readonly wideIds = new WideNumbers();
  readonly wideSizes = new WideNumbers();
  /** Nodes that say whether they are attached to the document, and what they say. */
  readonly attachedness = new AttachednessList();
  readonly special = new SpecialNodes();
  /** Where the bytes have to lie that `read` reads fastest, if it makes a difference. */
  readonly bytes: Uint8Array | undefined;
  readonly #types: TypeTable;
  readonly #knownNames: Uint8Array;
  readonly #layout: NodeLayout;
  readonly #typeCount: number;
  readonly #isCanonical: boolean;
  readonly #kernel: NodeKernel | undefined;
  /** Of the rows that are being read. */
  readonly #nodeTypes = new Uint8Array(MOST_ROWS_IN_BLOCK);
  readonly #names = new Uint32Array(MOST_ROWS_IN_BLOCK);
  row = 0;
  #edges = 0;

  /** `kernelBytes`: how much there shall be room for in `bytes`; 0 does without. */
  constructor(header: SnapshotHeader, types: TypeTable, knownNames: Uint8Array, kernelBytes: number) {
    const { nodeCount } = header;
    this.typeOf = new Uint32Array(nodeCount);
    this.id = new Uint32Array(nodeCount);
    this.selfSize = new Uint32Array(nodeCount);
    this.firstEdge = new Uint32Array(nodeCount + 1);
    this.traceNode = header.traceFunctionCount > 0 && header.node.traceNodeId >= 0 ? new Uint32Array(nodeCount) : undefined;
    this.#types = types;
    this.#knownNames = knownNames;
    this.#layout = header.node;
    this.#typeCount = header.nodeTypes.length;
    this.#isCanonical = isCanonical(header.node);
    this.#kernel = this.#isCanonical && kernelBytes > 0 ? this.#makeKernel(kernelBytes) : undefined;
    this.bytes = this.#kernel?.columns.bytes;
  }

  get edgeCount(): number {
    return this.#edges;
  }

  #makeKernel(bytes: number): NodeKernel | undefined {
    const layout = {
      typeCount: this.#typeCount,
      stringCount: this.#knownNames.length,
      hasTrace: this.#layout.traceNodeId >= 0,
      hasAttachedness: this.#layout.detachedness >= 0,
    };
    return NodeKernel.create(layout, MOST_ROWS_IN_BLOCK, bytes);
  }

  read(bytes: Uint8Array, p: number, limit: number): number {
    if (!this.#isCanonical) return p;
    return this.#kernel?.columns.bytes === bytes ? this.#readByKernel(this.#kernel, p, limit) : this.#readHere(bytes, p, limit);
  }

  #readByKernel(kernel: NodeKernel, p: number, limit: number): number {
    const { row } = this;
    const stop = kernel.read(p, limit, Math.min(MOST_ROWS_IN_BLOCK, this.id.length - row));
    const { rows, attachednessRows } = kernel;
    const { types, names, ids, sizes, edgeCounts, traces, attachedness } = kernel.columns;
    this.id.set(ids.subarray(0, rows), row);
    this.selfSize.set(sizes.subarray(0, rows), row);
    this.firstEdge.set(edgeCounts.subarray(0, rows), row);
    this.traceNode?.set(traces.subarray(0, rows), row);
    for (let i = 0; i < 2 * attachednessRows; i += 2) this.attachedness.add(row + attachedness[i], attachedness[i + 1]);
    this.row += rows;
    this.#classify(types, names, row, this.row);
    return stop;
  }

  #readHere(bytes: Uint8Array, p: number, limit: number): number {
    const { id, selfSize, firstEdge, traceNode } = this;
    const nodeTypes = this.#nodeTypes;
    const names = this.#names;
    const nodeCount = id.length;
    const stringCount = this.#knownNames.length;
    const typeCount = this.#typeCount;
    const hasTrace = this.#layout.traceNodeId >= 0;
    const hasAttachedness = this.#layout.detachedness >= 0;
    // Imported constants are looked up each time they are read, by some runtimes.
    const zero = ZERO;
    const comma = COMMA;
    const newline = NEWLINE - ZERO;
    const afterComma = COMMA - ZERO;
    const firstRow = this.row;
    let row = this.row;
    while (p < limit && row < nodeCount) {
      const start = p;
      let digit = 0;
      let first = p;

      let nodeType = bytes[p] - zero;
      if (nodeType >>> 0 > 9) break;
      digit = bytes[p + 1] - zero;
      if (digit >>> 0 < 10) {
        nodeType = nodeType * 10 + digit;
        digit = bytes[++p + 1] - zero;
      }
      p += 2;
      if (digit !== afterComma || nodeType >= typeCount) {
        p = start;
        break;
      }

      let name = 0;
      first = p;
      while ((digit = bytes[p++] - zero) >>> 0 < 10) name = (name * 10 + digit) | 0;
      if (digit !== afterComma || (p - first - 2) >>> 0 > 8 || name >= stringCount) {
        p = start;
        break;
      }

      let number = 0;
      first = p;
      while ((digit = bytes[p++] - zero) >>> 0 < 10) number = (number * 10 + digit) | 0;
      if (digit !== afterComma || ((p - first - 2) >>> 0 > 8 && (p - first !== 11 || bytes[first] >= FOUR))) {
        p = start;
        break;
      }
      id[row] = number;

      number = 0;
      first = p;
      while ((digit = bytes[p++] - zero) >>> 0 < 10) number = (number * 10 + digit) | 0;
      if (digit !== afterComma || (p - first - 2) >>> 0 > 8) {
        p = start;
        break;
      }
      selfSize[row] = number;

      let edgeCount = 0;
      first = p;
      while ((digit = bytes[p++] - zero) >>> 0 < 10) edgeCount = (edgeCount * 10 + digit) | 0;
      if ((p - first - 2) >>> 0 > 8 || (digit !== afterComma && (hasTrace || hasAttachedness))) {
        p = start;
        break;
      }

      if (hasTrace && bytes[p] === zero && bytes[p + 1] === comma) p += 2;
      else if (hasTrace) {
        number = 0;
        first = p;
        while ((digit = bytes[p++] - zero) >>> 0 < 10) number = (number * 10 + digit) | 0;
        if ((p - first - 2) >>> 0 > 8 || (digit !== afterComma && hasAttachedness)) {
          p = start;
          break;
        }
        if (traceNode !== undefined) traceNode[row] = number;
      }

      if (hasAttachedness) {
        number = 0;
        first = p;
        while ((digit = bytes[p++] - zero) >>> 0 < 10) number = (number * 10 + digit) | 0;
        if ((p - first - 2) >>> 0 > 8) {
          p = start;
          break;
        }
        if (number !== 0) this.attachedness.add(row, number);
      }

      // Between rows stand a comma, or a line break and a comma.
      if (digit !== afterComma) {
        if (digit !== newline || bytes[p] !== comma) {
          p = start;
          break;
        }
        p++;
      }

      nodeTypes[row - firstRow] = nodeType;
      names[row - firstRow] = name;
      firstEdge[row] = edgeCount;
      row++;
    }
    this.row = row;
    this.#classify(nodeTypes, names, firstRow, row);
    return p;
  }

  /** Second pass over the rows that have just been read, while they are in the cache: types, and sums of the edge counts. */
  #classify(nodeTypes: Uint8Array, names: Uint32Array, firstRow: number, endRow: number): void {
    const { typeOf, firstEdge, special } = this;
    const knownNames = this.#knownNames;
    const { isWanted } = special;
    const types = this.#types;
    const { table, place, nameMask } = types;
    const noType = NO_TYPE;
    let edges = this.#edges;
    for (let row = firstRow; row < endRow; row++) {
      const nodeType = nodeTypes[row - firstRow];
      const name = names[row - firstRow];
      const type = table[place[nodeType] + (name & nameMask[nodeType])];
      typeOf[row] = type === noType ? types.typeOf(nodeType, name) : type;
      if (isWanted[knownNames[name]] !== 0) special.add(row, knownNames[name]);
      const edgeCount = firstEdge[row];
      firstEdge[row] = edges;
      edges += edgeCount;
    }
    this.#edges = edges;
  }

  take(numbers: Float64Array, atByte: number): void {
    const layout = this.#layout;
    const { row } = this;
    const nodeType = numbers[layout.type];
    const name = numbers[layout.name];
    const id = numbers[layout.id];
    const size = numbers[layout.selfSize];
    if (row >= this.typeOf.length)
      throw new SnapshotContradictoryError(`it announces ${this.typeOf.length} nodes, and there are more`, atByte);
    if (nodeType >= this.#typeCount)
      throw new SnapshotContradictoryError(`node ${row} is of type ${nodeType}, and there are ${this.#typeCount} types`, atByte);
    if (name >= this.#knownNames.length)
      throw new SnapshotContradictoryError(
        `the name of node ${row} is string ${name}, and there are ${this.#knownNames.length} strings`,
        atByte,
      );
    if (id > 0xffffffff) this.wideIds.add(row, id);
    if (size > 0xffffffff) this.wideSizes.add(row, size);
    this.id[row] = id;
    this.selfSize[row] = size;
    if (this.traceNode !== undefined) this.traceNode[row] = numbers[layout.traceNodeId];
    if (layout.detachedness >= 0 && numbers[layout.detachedness] !== 0) this.attachedness.add(row, numbers[layout.detachedness]);
    this.typeOf[row] = this.#types.typeOf(nodeType, name);
    const knownName = this.#knownNames[name];
    if (this.special.isWanted[knownName] !== 0) this.special.add(row, knownName);
    this.firstEdge[row] = this.#edges;
    this.#edges += numbers[layout.edgeCount];
    this.row++;
  }
}

/** type, name, id, self_size, edge_count, then trace_node_id and detachedness or one of them or none: all that V8 has written so far. */
function isCanonical(layout: NodeLayout): boolean {
  const order = [layout.type, layout.name, layout.id, layout.selfSize, layout.edgeCount];
  if (layout.traceNodeId >= 0) order.push(layout.traceNodeId);
  if (layout.detachedness >= 0) order.push(layout.detachedness);
  return order.length === layout.fields && order.every((column, place) => column === place);
}
