import type { V8Type } from './v8-types.ts';

/** V8's own types of nodes by number, whatever number a file gives them. */
export const NodeKind = {
  other: 0,
  hidden: 1,
  array: 2,
  string: 3,
  object: 4,
  code: 5,
  closure: 6,
  regexp: 7,
  number: 8,
  native: 9,
  synthetic: 10,
  concatenated: 11,
  sliced: 12,
  symbol: 13,
  bigint: 14,
  shape: 15,
} as const;
export type NodeKind = (typeof NodeKind)[keyof typeof NodeKind];

const KIND_BY_NODE_TYPE = new Map<string, NodeKind>([
  ['hidden', NodeKind.hidden],
  ['array', NodeKind.array],
  ['string', NodeKind.string],
  ['object', NodeKind.object],
  ['code', NodeKind.code],
  ['closure', NodeKind.closure],
  ['regexp', NodeKind.regexp],
  ['number', NodeKind.number],
  ['native', NodeKind.native],
  ['synthetic', NodeKind.synthetic],
  ['concatenated string', NodeKind.concatenated],
  ['sliced string', NodeKind.sliced],
  ['symbol', NodeKind.symbol],
  ['bigint', NodeKind.bigint],
  ['object shape', NodeKind.shape],
]);

/** Kind of the nodes of each type. */
export function kindsOf(types: readonly V8Type[]): Uint8Array {
  return Uint8Array.from(types, ({ nodeType }) => KIND_BY_NODE_TYPE.get(nodeType) ?? NodeKind.other);
}
