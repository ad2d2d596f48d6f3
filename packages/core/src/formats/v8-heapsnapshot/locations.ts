import { placeOf } from '../../graph/bisection.ts';
import { GrowingUint32 } from '../../graph/growing-column.ts';
import type { NodeIndex, SiteFrame } from '../../graph/heap-graph.ts';
import type { ByteSource } from '../byte-source.ts';
import { ByteWindow } from './byte-window.ts';
import { NodeKind } from './node-kind.ts';
import { NumberRows } from './number-rows.ts';
import { SnapshotContradictoryError, SnapshotLayoutError } from './snapshot-errors.ts';
import type { SnapshotFacts } from './snapshot-facts.ts';

/** Places in scripts, by the node they belong to, ascending. */
interface LocationRows {
  readonly node: Uint32Array;
  readonly scriptId: Uint32Array;
  /** From 0 on. */
  readonly line: Uint32Array;
  readonly column: Uint32Array;
}

/** Where the list is in the file, and what its rows are. */
export interface LocationList {
  readonly start: number;
  readonly fields: readonly string[];
  /** Numbers in a row of a node: a location names its node by the place of the first of them. */
  readonly nodeFields: number;
  readonly nodeCount: number;
}

const PIECE_BYTES = 1 << 16;

/** Where functions are written, and the constructors of objects. Read from the file when it is asked for the first time. */
export class SnapshotLocations {
  readonly #source: ByteSource;
  readonly #list: LocationList | undefined;
  readonly #facts: SnapshotFacts;
  #rows: LocationRows | undefined;
  #fileByScript: ReadonlyMap<number, string> | undefined;

  constructor(source: ByteSource, list: LocationList | undefined, facts: SnapshotFacts) {
    this.#source = source;
    this.#list = list;
    this.#facts = facts;
  }

  /** Of a function, or of the constructor of an object; undefined for what V8 gives no place. */
  locationOf(node: NodeIndex): SiteFrame | undefined {
    const rows = this.#all();
    const at = placeOf(rows.node, node);
    if (at < 0) return undefined;
    this.#fileByScript ??= filesOf(rows, this.#facts);
    const isFunction = this.#facts.kindOf(node) === NodeKind.closure;
    const name = isFunction ? this.#facts.nodeNames.name(node) : this.#facts.typeOf(node).name;
    return {
      function: name === '' ? '(anonymous)' : name,
      file: this.#fileByScript.get(rows.scriptId[at]) ?? '',
      line: rows.line[at] + 1,
      column: rows.column[at] + 1,
    };
  }

  #all(): LocationRows {
    return (this.#rows ??= this.#list === undefined ? sorted([[], [], [], []]) : readLocations(this.#source, this.#list));
  }
}

function readLocations(source: ByteSource, { start, fields, nodeFields, nodeCount }: LocationList): LocationRows {
  const window = new ByteWindow(source, PIECE_BYTES);
  window.seek(start);
  const columns = ['object_index', 'script_id', 'line', 'column'].map((field) => {
    const column = fields.indexOf(field);
    if (column < 0) throw new SnapshotLayoutError(`locations need a ${field}; the file lists ${fields.join(', ')}`);
    return column;
  });
  const values = columns.map(() => new GrowingUint32());
  const rows = new NumberRows(window, 'locations', fields.length);
  while (rows.next()) {
    const index = rows.numbers[columns[0]];
    if (index % nodeFields !== 0 || index / nodeFields >= nodeCount)
      throw new SnapshotContradictoryError(`a location belongs to ${index}, which is not the first number of any node`, window.offset);
    values[0].push(index / nodeFields);
    for (let i = 1; i < columns.length; i++) values[i].push(rows.numbers[columns[i]]);
  }
  return sorted(values.map((column) => column.finish()));
}

function sorted([node, scriptId, line, column]: readonly ArrayLike<number>[]): LocationRows {
  const order = Uint32Array.from(node, (_, row) => row).sort((a, b) => node[a] - node[b]);
  const arrange = (values: ArrayLike<number>): Uint32Array => Uint32Array.from(order, (row) => values[row]);
  return { node: arrange(node), scriptId: arrange(scriptId), line: arrange(line), column: arrange(column) };
}

/** Names of scripts: a function refers to its script through what it shares with its like. */
function filesOf(rows: LocationRows, facts: SnapshotFacts): ReadonlyMap<number, string> {
  const fileByScript = new Map<number, string>();
  for (let row = 0; row < rows.node.length; row++) {
    const node = rows.node[row];
    if (fileByScript.has(rows.scriptId[row]) || facts.kindOf(node) !== NodeKind.closure) continue;
    const shared = facts.internalTarget(node, 'shared');
    if (shared === undefined) continue;
    const script = facts.internalTarget(shared, 'script') ?? facts.internalTarget(shared, 'script_or_debug_info');
    if (script !== undefined && facts.kindOf(script) === NodeKind.code) fileByScript.set(rows.scriptId[row], facts.nodeNames.name(script));
  }
  return fileByScript;
}
