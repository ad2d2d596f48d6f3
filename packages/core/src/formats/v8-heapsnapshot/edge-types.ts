import { EdgeFlag } from '../../graph/edge-flags.ts';

/** V8's types of references, by the numbers that `edgeFlags` keeps in their low four bits: those of V8's own files. */
export const EdgeType = {
  context: 0,
  element: 1,
  property: 2,
  internal: 3,
  hidden: 4,
  shortcut: 5,
  weak: 6,
  /** Of a type that this version does not know. */
  other: 7,
} as const;
export type EdgeType = (typeof EdgeType)[keyof typeof EdgeType];

const NAMES = new Map<string, EdgeType>(Object.entries(EdgeType));

/** What a type of references says by itself: its number and its flags. A shortcut holds nothing, except from the root, which is mended later. */
export function flagsOfEdgeType(name: string): number {
  const type = NAMES.get(name) ?? EdgeType.other;
  if (type === EdgeType.weak) return type | EdgeFlag.weak | EdgeFlag.holdsNothing;
  return type === EdgeType.shortcut ? type | EdgeFlag.holdsNothing : type;
}

export function edgeTypeOf(flags: number): EdgeType {
  return (flags & EdgeFlag.formatMask) as EdgeType;
}

/** References by position; all others have a name among the strings. */
export function isByPosition(type: EdgeType): boolean {
  return type === EdgeType.element || type === EdgeType.hidden;
}
