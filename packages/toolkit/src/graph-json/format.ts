/** Constants of the format that docs/toolkit/graph-json.md specifies. A change here is a new version. */
export const GRAPH_VERSION = 1;

/** Containers that a writer nests before it goes on in a part; keeps pointers short however long a list is. */
export const NESTED_CONTAINERS = 100;

/** JSON brackets inside each other that a reader accepts. A writer needs three for each container at most. */
export const MAX_JSON_NESTING = 1000;

/** Decimal digits of a BigInt: reading and writing decimals takes more than linear time. */
export const MAX_BIGINT_DIGITS = 100_000;

/** Bytes of views are little-endian, which is what every machine that runs Node or a browser today has in memory. */
export const IS_LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** Names that reach a prototype when code copies or merges the object later. */
export function isDangerousKey(key: string): boolean {
  return key === '__proto__' || key === 'constructor' || key === 'prototype';
}

const DOLLAR = 36;

/** Keys of data that begin with `$` get one more, so that those with one are the format's own. */
export function escapeKey(key: string): string {
  return key.charCodeAt(0) === DOLLAR ? `$${key}` : key;
}

export function unescapeKey(key: string): string {
  return isEscaped(key) ? key.slice(1) : key;
}

export function isEscaped(key: string): boolean {
  return key.charCodeAt(0) === DOLLAR && key.charCodeAt(1) === DOLLAR;
}

export const ERROR_CLASSES = {
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
  AggregateError,
} as const;

export type ErrorName = keyof typeof ERROR_CLASSES;

export const VIEW_CLASSES = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
} as const;

export type ViewName = keyof typeof VIEW_CLASSES;

/** What `$type` may say without being registered. */
export const BUILT_IN_TYPES: ReadonlySet<string> = new Set([
  'undefined',
  'number',
  'bigint',
  'Date',
  'Map',
  'Set',
  'Array',
  'null-prototype',
  'ArrayBuffer',
  ...Object.keys(VIEW_CLASSES),
  ...Object.keys(ERROR_CLASSES),
]);

export function isViewName(name: string): name is ViewName {
  return Object.hasOwn(VIEW_CLASSES, name);
}

export function isErrorName(name: string): name is ErrorName {
  return Object.hasOwn(ERROR_CLASSES, name);
}

export function bytesPerElement(name: ViewName): number {
  return name === 'DataView' ? 1 : VIEW_CLASSES[name].BYTES_PER_ELEMENT;
}
