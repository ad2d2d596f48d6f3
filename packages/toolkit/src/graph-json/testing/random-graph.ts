import fc from 'fast-check';

export class Branch {
  left: unknown;
  right: unknown;
}

export const NODE_KINDS = ['object', 'array', 'map', 'set', 'null-prototype', 'sparse', 'branch', 'error', 'date', 'view'] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

interface NodePlan {
  readonly kind: NodeKind;
  readonly keys: readonly string[];
  readonly children: readonly ({ readonly to: number } | { readonly literal: unknown })[];
}

const literals = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(null, undefined, -0, NaN, Infinity, -Infinity, '__proto__', '$ref', '\ud800', 'a/b~c'),
  fc.bigInt(),
);

const jsonLiterals = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));

const keys = fc
  .oneof(fc.string({ maxLength: 6 }), fc.constantFrom('$ref', '$type', '$$', '$', 'a/b', '~0', '7', '', 'toJSON', 'length', 'value'))
  .filter((key) => key !== '__proto__' && key !== 'constructor' && key !== 'prototype');

/** Graphs of a few nodes with any edges between them, cyclic more often than not. */
export function randomGraphs(kinds: readonly NodeKind[], { json = false } = {}): fc.Arbitrary<unknown> {
  const child = fc.oneof(fc.record({ to: fc.nat(14) }), fc.record({ literal: json ? jsonLiterals : literals }));
  const node: fc.Arbitrary<NodePlan> = fc.record({
    kind: fc.constantFrom(...kinds),
    keys: fc.uniqueArray(keys, { minLength: 6, maxLength: 6 }),
    children: fc.array(child, { maxLength: 6 }),
  });
  return fc.array(node, { minLength: 1, maxLength: 15 }).map(built);
}

function built(plans: readonly NodePlan[]): unknown {
  const buffer = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]).buffer;
  const nodes = plans.map(({ kind }) => shellOf(kind, buffer));
  for (const [i, { kind, keys: names, children }] of plans.entries()) {
    const values = children.map((child) => ('to' in child ? nodes[child.to % nodes.length] : child.literal));
    fill(nodes[i], kind, names, values);
  }
  return nodes[0];
}

function shellOf(kind: NodeKind, buffer: ArrayBuffer): object {
  if (kind === 'array' || kind === 'sparse') return [];
  if (kind === 'map') return new Map();
  if (kind === 'set') return new Set();
  if (kind === 'null-prototype') return Object.create(null) as object;
  if (kind === 'branch') return new Branch();
  if (kind === 'error') return new RangeError('out');
  if (kind === 'date') return new Date(1e12);
  if (kind === 'view') return new Uint16Array(buffer);
  return {};
}

function fill(node: object, kind: NodeKind, names: readonly string[], values: readonly unknown[]): void {
  if (node instanceof Map) for (let i = 0; i + 1 < values.length; i += 2) node.set(values[i], values[i + 1]);
  else if (node instanceof Set) for (const value of values) node.add(value);
  else if (Array.isArray(node) && kind === 'sparse') for (const [i, value] of values.entries()) node[i * 3 + 1] = value;
  else if (Array.isArray(node)) node.push(...values);
  else if (node instanceof Branch) [node.left, node.right] = values;
  else if (node instanceof Error) node.cause = values[0];
  else if (kind === 'object' || kind === 'null-prototype')
    for (const [i, value] of values.entries()) (node as Record<string, unknown>)[names[i]] = value;
}
