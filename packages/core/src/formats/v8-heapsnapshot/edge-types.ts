import { EdgeFlag } from '../../graph/edge-flags.ts';
import { EPHEMERON_NAME, known, UNKNOWN_NAME, type KnownName } from './known-names.ts';

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

/**
 * Internal references whose name decides how the developer sees an object have numbers of their own, from FIRST_NAMED on: a
 * walk over a whole heap must not read a name for each of them back from the file.
 */
const NAMED: readonly KnownName[] = ['elements', 'properties', 'context', 'previous', 'parameters_and_registers', 'table'];
const FIRST_NAMED = 8;

const NAME_BY_NUMBER = Uint8Array.from({ length: EdgeFlag.formatMask + 1 }, (_, number) => {
  const name = NAMED[number - FIRST_NAMED];
  return name === undefined ? UNKNOWN_NAME : known(name);
});

/** Flags of an internal reference by the number of its known name. */
export const FLAGS_OF_INTERNAL = new Uint8Array(EPHEMERON_NAME + 1).fill(EdgeType.internal);
NAMED.forEach((name, at) => (FLAGS_OF_INTERNAL[known(name)] = FIRST_NAMED + at));
FLAGS_OF_INTERNAL[known('map')] = EdgeType.internal | EdgeFlag.describes;

export function edgeTypeOf(flags: number): EdgeType {
  const number = flags & EdgeFlag.formatMask;
  return (number < FIRST_NAMED ? number : EdgeType.internal) as EdgeType;
}

/** The known name of an internal reference, where it is one of those that decide how an object is shown. */
export function viewNameOf(flags: number): number {
  return NAME_BY_NUMBER[flags & EdgeFlag.formatMask];
}

/** References by position; all others have a name among the strings. */
export function isByPosition(type: EdgeType): boolean {
  return type === EdgeType.element || type === EdgeType.hidden;
}
