import type { ByteWindow } from './byte-window.ts';
import { BACKSLASH, CLOSE_BRACE, CLOSE_LIST, COMMA, describeByte, isSpace, OPEN_BRACE, OPEN_LIST, QUOTE } from './json-bytes.ts';
import { SnapshotNotJsonError, SnapshotTruncatedError } from './snapshot-errors.ts';

/** A bit that brackets and letters have, and that digits, commas and spaces have not; in each byte of a word. */
const NO_DIGIT = 0x40404040;

/** Lists of numbers, which may hold further lists but no text: these are skipped a word at a time. */
const NUMBER_LISTS = new Set([
  'nodes',
  'edges',
  'trace_function_infos',
  'trace_tree',
  'samples',
  'locations',
  'scopes',
  'scope_context_vars',
  'scope_uses',
]);

/** Goes past a list whose opening bracket has been read. */
export function skipList(window: ByteWindow, key: string): void {
  if (NUMBER_LISTS.has(key)) skipNumbers(window, key);
  else skipRest(window, `"${key}"`, 1, undefined);
}

/** Goes past one value of any kind, handing its bytes to `take`. Iterative: nested lists cannot exhaust the stack. */
export function skipValue(window: ByteWindow, within: string, take?: (byte: number) => void): void {
  skipRest(window, within, 0, take);
}

function skipNumbers(window: ByteWindow, key: string): void {
  const { bytes } = window;
  const words = new Int32Array(bytes.buffer, 0, bytes.length >> 2);
  let depth = 1;
  for (;;) {
    if (window.lo >= window.hi && !window.fill()) throw new SnapshotTruncatedError(`"${key}"`, window.offset);
    const { hi } = window;
    let p = window.lo;
    while (p < hi) {
      if ((p & 3) === 0) p = nextBracketWord(words, p >> 2, hi >> 2) << 2;
      if (p >= hi) break;
      const byte = bytes[p++];
      if ((byte & 0x40) === 0) continue;
      if (byte === OPEN_LIST) depth++;
      else if (byte === CLOSE_LIST) depth--;
      else throw new SnapshotNotJsonError(`numbers in "${key}"`, describeByte(byte), window.offsetOf(p - 1));
      if (depth === 0) {
        window.lo = p;
        return;
      }
    }
    window.lo = hi;
  }
}

/** The first word from `from` on that may hold a bracket; `to` when none does. */
function nextBracketWord(words: Int32Array, from: number, to: number): number {
  let i = from;
  for (; i + 8 <= to; i += 8) {
    const union = words[i] | words[i + 1] | words[i + 2] | words[i + 3] | words[i + 4] | words[i + 5] | words[i + 6] | words[i + 7];
    if ((union & NO_DIGIT) !== 0) break;
  }
  for (; i < to; i++) if ((words[i] & NO_DIGIT) !== 0) break;
  return i;
}

/** Byte by byte, with an eye for texts, until `depth` brackets are closed (or, for a value without brackets, before what follows it). */
function skipRest(window: ByteWindow, within: string, depth: number, take: ((byte: number) => void) | undefined): void {
  let inText = false;
  let isEscaped = false;
  let isBegun = depth > 0;
  for (;;) {
    if (window.lo >= window.hi && !window.fill()) throw new SnapshotTruncatedError(within, window.offset);
    const byte = window.bytes[window.lo];
    if (depth === 0 && isBegun && !inText && (byte === COMMA || byte === CLOSE_BRACE || isSpace(byte))) return;
    window.lo++;
    take?.(byte);
    isBegun = true;
    if (inText) {
      if (isEscaped) isEscaped = false;
      else if (byte === BACKSLASH) isEscaped = true;
      else if (byte === QUOTE) inText = false;
      if (inText || depth > 0) continue;
      return;
    }
    if (byte === QUOTE) inText = true;
    else if (byte === OPEN_LIST || byte === OPEN_BRACE) depth++;
    else if (byte === CLOSE_LIST || byte === CLOSE_BRACE) {
      depth--;
      if (depth === 0) return;
      if (depth < 0) throw new SnapshotNotJsonError(`a value in ${within}`, describeByte(byte), window.offset - 1);
    }
  }
}
