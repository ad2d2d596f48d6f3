/**
 * An edge label in 32 bits: four bits say how the owner refers to the target, the rest is an operand whose meaning
 * depends on the kind. Labels are values, not objects: a graph has tens of millions of them.
 *
 *   attribute, cell, local, slot, type, internal   operand = id in the graph's NameTable
 *   key                                            operand = node index of the key object
 *   index                                          operand = position, or MEMBER for an unordered collection
 *   unread                                         operand = edge index: the name is still in the file, and only who shows it
 *                                                  reads it (`Language.labelText`)
 *   variable                                       the same for a variable of a module, which is shown as the module's own
 */
export type EdgeLabel = number;

export const EdgeKind = {
  attribute: 0,
  key: 1,
  index: 2,
  cell: 3,
  local: 4,
  slot: 5,
  type: 6,
  internal: 7,
  unread: 8,
  variable: 9,
} as const;
export type EdgeKind = (typeof EdgeKind)[keyof typeof EdgeKind];

const OPERAND_BITS = 28;
const OPERAND_MASK = 2 ** OPERAND_BITS - 1;

/** Operand of an index label whose collection has no order (a set). */
export const MEMBER = OPERAND_MASK;

/** Largest node index, name id or position that a label can carry; larger positions are saturated. */
export const MAX_OPERAND = OPERAND_MASK - 1;

export function edgeLabel(kind: EdgeKind, operand: number): EdgeLabel {
  return ((kind << OPERAND_BITS) | operand) >>> 0;
}

export function labelKind(label: EdgeLabel): EdgeKind {
  return (label >>> OPERAND_BITS) as EdgeKind;
}

export function labelOperand(label: EdgeLabel): number {
  return label & OPERAND_MASK;
}
