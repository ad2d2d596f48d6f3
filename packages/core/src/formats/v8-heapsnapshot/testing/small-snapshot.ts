/** A heap small enough to be written down in a test. References are by place in the list of nodes. */
export interface SmallNode {
  readonly type?: string;
  readonly name?: string;
  readonly id?: number;
  readonly size?: number;
  /** 1 for attached to the document, 2 for detached. */
  readonly detached?: number;
  readonly trace?: number;
  readonly edges?: readonly SmallEdge[];
}

/** Type, name or position, target. */
export type SmallEdge = readonly [type: string, name: string | number, to: number];

export interface Writing {
  /** Order and choice of a node's fields. */
  readonly nodeFields: readonly string[];
  readonly edgeFields: readonly string[];
  /** Between two rows. */
  readonly betweenRows: string;
  /** Between two numbers of a row. */
  readonly betweenNumbers: string;
  /** Order of the parts of the file. */
  readonly parts: readonly string[];
  /** Further fields of the `snapshot` object, or others in place of its own. */
  readonly header: Readonly<Record<string, unknown>>;
  /** Further parts, as they stand in the file. */
  readonly more: Readonly<Record<string, string>>;
}

export const NODE_FIELDS = ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id', 'detachedness'];
export const EDGE_FIELDS = ['type', 'name_or_index', 'to_node'];
export const PARTS = ['snapshot', 'nodes', 'edges', 'trace_function_infos', 'trace_tree', 'samples', 'locations', 'strings'];

/** As Node 20 writes. */
export const AS_NODE_20: Writing = {
  nodeFields: NODE_FIELDS,
  edgeFields: EDGE_FIELDS,
  betweenRows: '\n,',
  betweenNumbers: ',',
  parts: PARTS,
  header: {},
  more: {},
};

/** As Node 24 writes: no line breaks within lists, and no allocation sites unless they are tracked. */
export const AS_NODE_24: Writing = {
  ...AS_NODE_20,
  nodeFields: NODE_FIELDS.filter((field) => field !== 'trace_node_id'),
  betweenRows: ',',
};

export const NODE_TYPES = [
  ...['hidden', 'array', 'string', 'object', 'code', 'closure', 'regexp', 'number', 'native', 'synthetic'],
  ...['concatenated string', 'sliced string', 'symbol', 'bigint', 'object shape'],
];
export const EDGE_TYPES = ['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak'];

/** The JSON of a snapshot with these nodes, of which the first is the root. */
export function writeSnapshot(nodes: readonly SmallNode[], writing: Partial<Writing> = {}): string {
  const { nodeFields, edgeFields, betweenRows, betweenNumbers, parts, header, more } = { ...AS_NODE_20, ...writing };
  const strings: string[] = ['<dummy>'];
  const numbers = new Map<string, number>();
  const string = (text: string): number => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, strings.length);
    return strings.push(text) - 1;
  };
  const nodeRows = nodes.map((node, place) => {
    const values: Readonly<Record<string, number>> = {
      type: NODE_TYPES.indexOf(node.type ?? 'object'),
      name: string(node.name ?? `node${place}`),
      id: node.id ?? 2 * place + 1,
      self_size: node.size ?? 16,
      edge_count: node.edges?.length ?? 0,
      trace_node_id: node.trace ?? 0,
      detachedness: node.detached ?? 0,
    };
    return nodeFields.map((field) => values[field] ?? 0);
  });
  const edgeRows = nodes.flatMap((node) =>
    (node.edges ?? []).map(([type, name, to]) => {
      const values: Readonly<Record<string, number>> = {
        type: EDGE_TYPES.indexOf(type),
        name_or_index: typeof name === 'number' ? name : string(name),
        to_node: to * nodeFields.length,
      };
      return edgeFields.map((field) => values[field] ?? 0);
    }),
  );
  const rows = (list: readonly (readonly number[])[]): string => `[${list.map((row) => row.join(betweenNumbers)).join(betweenRows)}]`;
  const texts: Readonly<Record<string, string>> = {
    snapshot: JSON.stringify({
      meta: {
        node_fields: nodeFields,
        node_types: nodeFields.map((field) => (field === 'type' ? NODE_TYPES : field === 'name' ? 'string' : 'number')),
        edge_fields: edgeFields,
        edge_types: edgeFields.map((field) => (field === 'type' ? EDGE_TYPES : 'number')),
        trace_function_info_fields: ['function_id', 'name', 'script_name', 'script_id', 'line', 'column'],
        trace_node_fields: ['id', 'function_info_index', 'count', 'size', 'children'],
        sample_fields: ['timestamp_us', 'last_assigned_id'],
        location_fields: ['object_index', 'script_id', 'line', 'column'],
      },
      node_count: nodes.length,
      edge_count: edgeRows.length,
      trace_function_count: 0,
      ...header,
    }),
    nodes: rows(nodeRows),
    edges: rows(edgeRows),
    trace_function_infos: '[]',
    trace_tree: '[]',
    samples: '[]',
    locations: '[]',
    strings: `[${strings.map((text) => JSON.stringify(text)).join(',\n')}]`,
    ...more,
  };
  return `{${parts.map((part) => `"${part}":${texts[part] ?? '[]'}`).join(',\n')}}`;
}
