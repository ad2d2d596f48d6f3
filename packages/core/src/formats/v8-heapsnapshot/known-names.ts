/**
 * Names by which V8 says what something is. Every string of a snapshot that is one of these gets its number while the
 * strings are indexed, so that the rows are judged by number, and so that equal strings need no comparing later.
 */
export const KNOWN_NAMES = [
  // References: of any object, of functions and contexts, of collections, of strings and numbers.
  'map',
  '__proto__',
  'elements',
  'properties',
  'context',
  'previous',
  'parameters_and_registers',
  'shared',
  'script',
  'script_or_debug_info',
  'table',
  'target',
  'first',
  'second',
  'value',
  'name',
  // Of native contexts.
  'sloppy_function_map',
  'global_object',
  // Nodes.
  '(map descriptors)',
  'system / NativeContext',
  'system / WeakCell',
  'system / Hole',
  '(Document DOM trees)',
] as const;
export type KnownName = (typeof KNOWN_NAMES)[number];

/** Not in the list above. */
export const UNKNOWN_NAME = 0;
/** `system / NativeContext / http://example.org`: with the origin, in browsers. */
export const NATIVE_CONTEXT_OF_ORIGIN = 254;
/** Of the kind `12 / part of key (K @7) -> value (V @9) pair in WeakMap (table @11)`. */
export const EPHEMERON_NAME = 255;

/** Number of a known name: its place in the list, from 1. */
export function known(name: KnownName): number {
  return KNOWN_NAMES.indexOf(name) + 1;
}
