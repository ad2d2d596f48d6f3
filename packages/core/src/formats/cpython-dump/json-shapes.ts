import type { DumpHead, RawBound, RawCode, RawEnd, RawFrame, RawRoot, RawType } from './raw-dump.ts';

// Shapes of the JSON blocks. Only what the loader relies on is checked; what it does not use may differ.

export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

export function isArrayOf<T>(isItem: (value: unknown) => value is T): (value: unknown) => value is readonly T[] {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(isItem);
}

export function isHead(value: unknown): value is DumpHead {
  return (
    isString(field(field(value, 'runtime'), 'version')) &&
    isString(field(field(value, 'runtime'), 'name')) &&
    isCount(field(value, 'sequence')) &&
    typeof field(value, 'takenAtMs') === 'number'
  );
}

export function isType(value: unknown): value is RawType {
  return (
    isCount(field(value, 'index')) && isCount(field(value, 'address')) && isString(field(value, 'module')) && isString(field(value, 'name'))
  );
}

export function isCode(value: unknown): value is RawCode {
  return (
    Array.isArray(value) &&
    isCount(value[0]) &&
    isString(value[1]) &&
    isCount(value[2]) &&
    isCount(value[3]) &&
    isString(value[4]) &&
    isArrayOf(isString)(value[5])
  );
}

export function isBound(value: unknown): value is RawBound {
  return Array.isArray(value) && isCount(value[0]) && isString(value[1]) && isCount(value[2]);
}

export function isEnd(value: unknown): value is RawEnd {
  return isCount(field(value, 'objects')) && typeof field(value, 'complete') === 'boolean';
}

export function isRoot(value: unknown): value is RawRoot {
  if (field(value, 'kind') !== 'frame')
    return isString(field(value, 'kind')) && isString(field(value, 'name')) && isCount(field(value, 'address'));
  return (
    isString(field(value, 'function')) &&
    isString(field(value, 'file')) &&
    isCount(field(value, 'line')) &&
    isString(field(value, 'thread')) &&
    isArrayOf(isNamedCount)(field(value, 'locals')) &&
    isMissingOr(isCount)(field(value, 'threadId')) &&
    isMissingOr(isCount)(field(value, 'frame')) &&
    isMissingOr(isArrayOf(isCount))(field(value, 'holds')) &&
    isMissingOr(isString)(field(value, 'waitsIn')) &&
    isMissingOr(isCount)(field(value, 'waitsOn'))
  );
}

export function isSites(value: unknown): value is { frames: readonly RawFrame[]; sites: readonly (readonly number[])[] } {
  return isArrayOf(isNamedCount)(field(value, 'frames')) && isArrayOf(isArrayOf(isCount))(field(value, 'sites'));
}

function isMissingOr(isRight: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => value === undefined || isRight(value);
}

/** A local variable with its address, or a file with its line. */
function isNamedCount(value: unknown): value is readonly [string, number] {
  return Array.isArray(value) && isString(value[0]) && isCount(value[1]);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
