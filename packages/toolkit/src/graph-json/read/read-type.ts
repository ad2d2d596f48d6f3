import { decodeBase64 } from '../base64.ts';
import { GraphFormatError, GraphTypeError } from '../errors.ts';
import {
  BUILT_IN_TYPES,
  bytesPerElement,
  ERROR_CLASSES,
  type ErrorName,
  IS_LITTLE_ENDIAN,
  isErrorName,
  isViewName,
  MAX_BIGINT_DIGITS,
} from '../format.ts';
import { type AnyGraphType, isErrorClass } from '../graph-type.ts';
import { shorten } from './envelope.ts';
import { isContainer, type RawContainer, type RawObject } from './raw-json.ts';
import type { GraphScan } from './scan.ts';
import { Special } from './special.ts';

export type ReadType =
  | { readonly primitive: unknown }
  | {
      readonly special: Special;
      /** What of the wrapper is to be walked, with its slots owned by the special. */
      readonly payload: RawContainer | undefined;
      readonly reading: 'values' | 'pairs' | { readonly member: string };
    };

/** Checks one `$type` wrapper, alone, and makes what can be made of it at once. */
export function readType(wrapper: RawObject, keys: readonly string[], scan: GraphScan): ReadType {
  const name = wrapper.$type;
  if (typeof name !== 'string') throw new GraphFormatError(`$type should be a string, at ${scan.where(wrapper)}.`);
  const registered = scan.settings.types.byName.get(name);
  if (registered !== undefined) return ofRegistered(wrapper, keys, registered, scan);
  if (!BUILT_IN_TYPES.has(name))
    throw new GraphTypeError(
      `No type is registered as "${shorten(name)}", which stands at ${scan.where(wrapper)}. Give graphJson the types of the side that wrote it.`,
    );
  if (isViewName(name)) return ofView(wrapper, keys, name, scan);
  if (isErrorName(name)) return ofError(wrapper, keys, name, emptyError(name), scan);
  expectKeys(wrapper, keys, name === 'undefined' ? ['$type'] : name === 'Array' ? ['$type', 'length', 'value'] : ['$type', 'value'], scan);
  const { value } = wrapper;
  switch (name) {
    case 'undefined':
      return { primitive: undefined };
    case 'number':
      if (value !== 'NaN' && value !== 'Infinity' && value !== '-Infinity' && value !== '-0')
        throw wrong(wrapper, 'NaN, Infinity, -Infinity or -0 as text', scan);
      return { primitive: Number(value) };
    case 'bigint':
      if (typeof value !== 'string' || value.length > MAX_BIGINT_DIGITS || !/^(0|-?[1-9]\d*)$/.test(value))
        throw wrong(wrapper, `an integer of at most ${MAX_BIGINT_DIGITS} characters as text`, scan);
      return { primitive: BigInt(value) };
    case 'Date':
      return leaf(new Special(wrapper, name, 'nothing', dateOf(wrapper, scan)));
    case 'ArrayBuffer': {
      const bytes = typeof value === 'string' ? decodeBase64(value) : undefined;
      if (bytes === undefined) throw wrong(wrapper, 'base64 with padding', scan);
      return leaf(new Special(wrapper, name, 'nothing', bytes.buffer));
    }
    case 'Map':
      return { special: new Special(wrapper, name, 'map', new Map()), payload: pairsOf(wrapper, scan), reading: 'pairs' };
    case 'Set':
      if (!Array.isArray(value)) throw wrong(wrapper, 'an array', scan);
      return { special: new Special(wrapper, name, 'set', new Set()), payload: value, reading: 'values' };
    case 'Array':
      return ofSparse(wrapper, scan);
    // null-prototype
    default:
      return ofProperties(wrapper, name, null, scan);
  }
}

function leaf(special: Special): ReadType {
  return { special, payload: undefined, reading: 'values' };
}

function ofRegistered(wrapper: RawObject, keys: readonly string[], type: AnyGraphType, scan: GraphScan): ReadType {
  expectKeys(wrapper, keys, ['$type', 'value'], scan);
  const reading = { member: 'value' };
  if (type.revive !== undefined) {
    scan.count(1, wrapper);
    return { special: new Special(wrapper, type.name, 'revive', undefined, type), payload: wrapper, reading };
  }
  if (type.create !== undefined) {
    scan.count(1, wrapper);
    return { special: new Special(wrapper, type.name, 'restore', created(type), type), payload: wrapper, reading };
  }
  if (isErrorClass(type))
    return ofError(wrapper, keys, type.name, Object.setPrototypeOf(new Error(), type.class.prototype as object) as object, scan);
  return ofProperties(wrapper, type.name, type.class.prototype as object, scan);
}

/** The payload itself becomes the object: all it needs is the prototype, once the text needs no more reading. */
function ofProperties(wrapper: RawObject, name: string, prototype: object | null, scan: GraphScan): ReadType {
  const payload = plainObject(wrapper, scan);
  scan.adopted.push({ object: payload, prototype });
  return { special: new Special(wrapper, name, 'nothing', payload), payload, reading: 'values' };
}

function ofError(wrapper: RawObject, keys: readonly string[], name: string, error: object, scan: GraphScan): ReadType {
  expectKeys(wrapper, keys, ['$type', 'value'], scan);
  return { special: new Special(wrapper, name, 'error', error), payload: plainObject(wrapper, scan), reading: 'values' };
}

function ofView(wrapper: RawObject, keys: readonly string[], name: 'DataView' | 'Uint8Array' | (string & {}), scan: GraphScan): ReadType {
  expectKeys(wrapper, keys, keys.length === 2 ? ['$type', 'buffer'] : ['$type', 'offset', 'length', 'buffer'], scan);
  if (!isContainer(wrapper.buffer)) throw new GraphFormatError(`${name} at ${scan.where(wrapper)} should have a buffer.`);
  if (!IS_LITTLE_ENDIAN && isViewName(name) && bytesPerElement(name) > 1)
    throw new GraphFormatError(`${name} at ${scan.where(wrapper)} has little-endian bytes, which this machine cannot show.`);
  scan.count(1, wrapper);
  return { special: new Special(wrapper, name, 'view', undefined), payload: wrapper, reading: { member: 'buffer' } };
}

function ofSparse(wrapper: RawObject, scan: GraphScan): ReadType {
  const { length } = wrapper;
  if (typeof length !== 'number' || !Number.isInteger(length) || length < 0 || length > 2 ** 32 - 1)
    throw new GraphFormatError(`The length of the array at ${scan.where(wrapper)} should be an integer in [0, 2^32[.`);
  scan.count(length, wrapper);
  const pairs = pairsOf(wrapper, scan);
  let before = -1;
  for (const [index] of pairs) {
    if (typeof index !== 'number' || !Number.isInteger(index) || index <= before || index >= length)
      throw wrong(wrapper, 'pairs of index and element, indices ascending and below length', scan);
    before = index;
  }
  return { special: new Special(wrapper, 'Array', 'sparse', emptyOfLength(length)), payload: pairs, reading: 'pairs' };
}

/** An element far out and gone again leaves the engine with a sparse array: setting `length` could allocate all of it. */
function emptyOfLength(length: number): unknown[] {
  const array: unknown[] = [];
  if (length === 0) return array;
  array[length - 1] = undefined;
  Reflect.deleteProperty(array, length - 1);
  return array;
}

function dateOf(wrapper: RawObject, scan: GraphScan): Date {
  const { value } = wrapper;
  if (value === null) return new Date(NaN);
  const date = new Date(typeof value === 'string' ? value : NaN);
  if (Number.isNaN(date.getTime()) || date.toISOString() !== value) throw wrong(wrapper, 'a date as toISOString writes it, or null', scan);
  return date;
}

function pairsOf(wrapper: RawObject, scan: GraphScan): unknown[][] {
  const { value } = wrapper;
  if (!Array.isArray(value) || !value.every((pair) => Array.isArray(pair) && pair.length === 2))
    throw wrong(wrapper, 'an array of pairs', scan);
  const pairs = value as unknown[][];
  for (const pair of pairs) scan.structural.add(pair);
  if (wrapper.$type === 'Map') scan.count(2 * pairs.length, wrapper);
  return pairs;
}

function plainObject(wrapper: RawObject, scan: GraphScan): RawObject {
  const { value } = wrapper;
  const first = isContainer(value) ? Object.keys(value)[0] : undefined;
  if (!isContainer(value) || Array.isArray(value) || first === '$ref' || first === '$type') throw wrong(wrapper, 'a plain object', scan);
  return value;
}

function emptyError(name: ErrorName): Error {
  return name === 'AggregateError' ? new AggregateError([]) : new ERROR_CLASSES[name]();
}

function created(type: AnyGraphType): object {
  let value: unknown;
  try {
    value = type.create!();
  } catch (cause) {
    throw new GraphTypeError(`The create function of type "${type.name}" threw. It should return an empty instance.`, { cause });
  }
  if (!isContainer(value)) throw new GraphTypeError(`The create function of type "${type.name}" returned no object.`);
  return value;
}

function expectKeys(wrapper: RawObject, keys: readonly string[], expected: readonly string[], scan: GraphScan): void {
  if (keys.length === expected.length && expected.every((key) => Object.hasOwn(wrapper, key))) return;
  throw new GraphFormatError(
    `The ${shorten(String(wrapper.$type))} at ${scan.where(wrapper)} should have ${expected.join(', ')}, found ${shorten(keys.join(', '))}.`,
  );
}

function wrong(wrapper: RawObject, expected: string, scan: GraphScan): GraphFormatError {
  return new GraphFormatError(`The value of the ${String(wrapper.$type)} at ${scan.where(wrapper)} should be ${expected}.`);
}
