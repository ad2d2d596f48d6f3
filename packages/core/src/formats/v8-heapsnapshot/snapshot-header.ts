import { SnapshotContradictoryError, SnapshotLayoutError, SnapshotNotJsonError } from './snapshot-errors.ts';

/** What the `snapshot` object at the head of the file says of the rows that follow. */
export interface SnapshotHeader {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly node: NodeLayout;
  readonly edge: EdgeLayout;
  /** V8's names of the types of nodes and edges, by the number that rows give. */
  readonly nodeTypes: readonly string[];
  readonly edgeTypes: readonly string[];
  /** Row of the node that stands for all roots. */
  readonly rootNode: number;
  /** Above 0 when allocations were traced. */
  readonly traceFunctionCount: number;
  readonly traceFunctionFields: readonly string[];
  readonly traceNodeFields: readonly string[];
  readonly locationFields: readonly string[];
  readonly sampleFields: readonly string[];
  /** Bytes outside of V8's heap that no node accounts for; not in files of older versions. */
  readonly extraNativeBytes: number | undefined;
}

/** Column numbers in the rows of nodes; -1 for what older or newer versions leave out. */
export interface NodeLayout {
  readonly fields: number;
  readonly type: number;
  readonly name: number;
  readonly id: number;
  readonly selfSize: number;
  readonly edgeCount: number;
  readonly traceNodeId: number;
  readonly detachedness: number;
}

export interface EdgeLayout {
  readonly fields: number;
  readonly type: number;
  readonly nameOrIndex: number;
  readonly toNode: number;
}

/** Reads the object and checks it against the file's size, before anything is allocated by what it announces. */
export function parseHeader(text: string, atByte: number, sizeBytes: number): SnapshotHeader {
  const snapshot = new Record(json(text, atByte), 'snapshot');
  const meta = snapshot.record('meta');
  const nodeFields = meta.names('node_fields');
  const edgeFields = meta.names('edge_fields');
  const node = nodeLayout(nodeFields);
  const edge = edgeLayout(edgeFields);
  const nodeCount = snapshot.count('node_count');
  const edgeCount = snapshot.count('edge_count');
  const leastBytes = leastBytesOfRows(nodeCount, node.fields) + leastBytesOfRows(edgeCount, edge.fields);
  if (leastBytes > sizeBytes)
    throw new SnapshotContradictoryError(
      `it announces ${nodeCount} nodes and ${edgeCount} edges, which take ${leastBytes} bytes at least, and has ${sizeBytes} bytes in all`,
      atByte,
    );
  if (nodeCount === 0) throw new SnapshotContradictoryError('it announces no nodes, and a heap has a root at least', atByte);
  const rootIndex = snapshot.optionalCount('root_index') ?? 0;
  if (rootIndex % node.fields !== 0 || rootIndex / node.fields >= nodeCount)
    throw new SnapshotContradictoryError(
      `its root_index is ${rootIndex}, which is not the first number of any of its ${nodeCount} nodes`,
      atByte,
    );
  return {
    nodeCount,
    edgeCount,
    node,
    edge,
    nodeTypes: meta.typeNames('node_types', node.type),
    edgeTypes: meta.typeNames('edge_types', edge.type),
    rootNode: rootIndex / node.fields,
    traceFunctionCount: snapshot.optionalCount('trace_function_count') ?? 0,
    traceFunctionFields: meta.optionalNames('trace_function_info_fields'),
    traceNodeFields: meta.optionalNames('trace_node_fields'),
    locationFields: meta.optionalNames('location_fields'),
    sampleFields: meta.optionalNames('sample_fields'),
    extraNativeBytes: snapshot.optionalCount('extra_native_bytes'),
  };
}

/** Bytes that so many rows take at least: each number has a digit, and a separator unless it is the last. */
export function leastBytesOfRows(rows: number, fields: number): number {
  return Math.max(0, 2 * rows * fields - 1);
}

function json(text: string, atByte: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SnapshotNotJsonError('the JSON of the "snapshot" object', 'something else', atByte);
  }
}

function nodeLayout(fields: readonly string[]): NodeLayout {
  const at = (name: string): number => fields.indexOf(name);
  const layout = {
    fields: fields.length,
    type: at('type'),
    name: at('name'),
    id: at('id'),
    selfSize: at('self_size'),
    edgeCount: at('edge_count'),
    traceNodeId: at('trace_node_id'),
    detachedness: at('detachedness'),
  };
  if (Math.min(layout.type, layout.name, layout.id, layout.selfSize, layout.edgeCount) < 0)
    throw new SnapshotLayoutError(`nodes need type, name, id, self_size and edge_count; the file lists ${fields.join(', ')}`);
  return layout;
}

function edgeLayout(fields: readonly string[]): EdgeLayout {
  const at = (name: string): number => fields.indexOf(name);
  const layout = { fields: fields.length, type: at('type'), nameOrIndex: at('name_or_index'), toNode: at('to_node') };
  if (Math.min(layout.type, layout.nameOrIndex, layout.toNode) < 0)
    throw new SnapshotLayoutError(`edges need type, name_or_index and to_node; the file lists ${fields.join(', ')}`);
  return layout;
}

/** More columns or types than this are no layout of V8's. */
const MOST_NAMES = 200;

/** A JSON object of which nothing is known yet. */
class Record {
  readonly #fields: ReadonlyMap<string, unknown>;
  readonly #name: string;

  constructor(value: unknown, name: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SnapshotLayoutError(`"${name}" is no object`);
    this.#fields = new Map(Object.entries(value));
    this.#name = name;
  }

  record(field: string): Record {
    return new Record(this.#fields.get(field), `${this.#name}.${field}`);
  }

  count(field: string): number {
    const value = this.optionalCount(field);
    if (value === undefined) throw new SnapshotLayoutError(`"${this.#name}" has no "${field}"`);
    return value;
  }

  optionalCount(field: string): number | undefined {
    const value = this.#fields.get(field);
    if (value === undefined) return undefined;
    if (!Number.isSafeInteger(value) || (value as number) < 0)
      throw new SnapshotLayoutError(`"${field}" is no count: ${JSON.stringify(value)}`);
    return value as number;
  }

  names(field: string): readonly string[] {
    return namesIn(this.#fields.get(field), `${this.#name}.${field}`);
  }

  optionalNames(field: string): readonly string[] {
    return this.#fields.has(field) ? this.names(field) : [];
  }

  /** The names of the values of one column: an array among the strings that say what the other columns hold. */
  typeNames(field: string, column: number): readonly string[] {
    const all: unknown = this.#fields.get(field);
    return namesIn(Array.isArray(all) ? all[column] : undefined, `${this.#name}.${field}[${column}]`);
  }
}

function namesIn(value: unknown, where: string): readonly string[] {
  if (!Array.isArray(value) || !value.every((each): each is string => typeof each === 'string'))
    throw new SnapshotLayoutError(`"${where}" is no list of names`);
  if (value.length === 0 || value.length > MOST_NAMES) throw new SnapshotLayoutError(`"${where}" has ${value.length} names`);
  return value;
}
