import { GraphOptionsError, UnserialisableError } from './errors.ts';
import { isViewName } from './format.ts';

/** Why a value has no text. */
export type UnserialisableKind =
  | 'function'
  | 'symbol'
  /** An instance of a class that is neither built in nor registered: also WeakMap, Promise, RegExp, Proxy of those. */
  | 'class'
  /** A property with a getter or setter. Its value is not known: nobody called it. */
  | 'accessor'
  /** A property named by a symbol. */
  | 'symbol-key'
  /** A property named `__proto__`, `constructor` or `prototype`. */
  | 'dangerous-key'
  /** A named property of an array, Map, Set, Date or ArrayBuffer. */
  | 'extra-property'
  /** A view of a part of a buffer, when `partialViews` is `unserialisable`. */
  | 'partial-view';

export interface Unserialisable {
  readonly kind: UnserialisableKind;
  /** The value; undefined for an accessor. */
  readonly value: unknown;
  /** JSON Pointer of the container that holds it. */
  readonly container: string;
  /** The property, index or other name inside that container. */
  readonly key: string;
}

/**
 * - `error`: UnserialisableError with the place. The default.
 * - `drop`: properties, map entries and set members go, elements of arrays and the root become undefined.
 * - a function: what it returns is written in its place, and must be serialisable itself. Asked once for each object, so that identity
 *   is kept. For `symbol-key`, `dangerous-key` and `extra-property` there is no place: it may throw, and its answer is not written.
 */
export type UnserialisablePolicy = 'error' | 'drop' | ((found: Unserialisable) => unknown);

/** Throws GraphOptionsError for what is no policy: else it would be called like one, in the midst of a graph. */
export function policyFrom(given: UnserialisablePolicy = 'error'): UnserialisablePolicy {
  if (given === 'error' || given === 'drop' || typeof given === 'function') return given;
  throw new GraphOptionsError(`unserialisable should be error, drop or a function, found ${JSON.stringify(given)}.`);
}

export function unserialisable({ kind, value, container, key }: Unserialisable): UnserialisableError {
  return new UnserialisableError(
    `${SAYS[kind](value)} at ${container === '' ? 'the top' : `"${key}" in ${container}`} has no text in graphJson. ${isOddMemory(kind, value) ? COPY_BYTES : WHAT_TO_DO[kind]} Or set the unserialisable policy to drop, or to a function that replaces it.`,
  );
}

const SAYS: Readonly<Record<UnserialisableKind, (value: unknown) => string>> = {
  function: () => 'The function',
  symbol: (value) => `The symbol ${String(value)}`,
  class: (value) => `The instance of ${classNameOf(value)}`,
  accessor: () => 'The accessor property',
  'symbol-key': () => 'The property named by a symbol',
  'dangerous-key': () => 'The property whose name reaches prototypes',
  'extra-property': () => 'The named property',
  'partial-view': () => 'The view of a part of its buffer',
};

const WHAT_TO_DO: Readonly<Record<UnserialisableKind, string>> = {
  function: 'Keep data in the graph and functions out of it.',
  symbol: 'Keep strings where the text must say them.',
  class: 'Register the class as a type with graphType.',
  accessor: 'Set accessors to read if calling getters is meant.',
  'symbol-key': 'Name the property by a string.',
  'dangerous-key': 'Use a Map, or set dangerousKeys to keep if both sides are yours.',
  'extra-property': 'Put it into an object beside the collection.',
  'partial-view': 'Copy the bytes first (slice), or set partialViews to copy or share.',
};

const COPY_BYTES = 'Its memory is shared with other threads, or was moved to one: write a copy of the bytes (slice).';

/** Of the classes that are written, but over memory that is not the program's own. */
function isOddMemory(kind: UnserialisableKind, value: unknown): boolean {
  const name = kind === 'class' ? classNameOf(value) : '';
  return isViewName(name) || name === 'ArrayBuffer' || name === 'SharedArrayBuffer';
}

function classNameOf(value: unknown): string {
  const prototype = typeof value === 'object' && value !== null ? (Object.getPrototypeOf(value) as object | null) : null;
  const maker: unknown = prototype === null ? undefined : Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  const name: unknown = typeof maker === 'function' ? Object.getOwnPropertyDescriptor(maker, 'name')?.value : undefined;
  return typeof name === 'string' && name !== '' ? name : 'a class without a name';
}
