/**
 * V8 shows the value of a WeakMap entry twice: held by the table and held by the key, both under the name
 * `3 / part of key (Key @7) -> value (Value @9) pair in WeakMap (table @11)` (only the number in front differs).
 */
export interface EphemeronName {
  readonly keyId: number;
  readonly valueId: number;
  readonly tableId: number;
}

/** The whole of it, as DevTools tells such names (HeapSnapshot.ts, tryParseWeakMapEdgeName); greedy where DevTools is lazy, which matches the same names. */
const PATTERN = /^\d+ \/ part of key \(.* @(\d+)\) -> value \(.* @(\d+)\) pair in WeakMap \(table @(\d+)\)$/;

export function parseEphemeronName(name: string): EphemeronName | undefined {
  const match = PATTERN.exec(name);
  return match === null ? undefined : { keyId: Number(match[1]), valueId: Number(match[2]), tableId: Number(match[3]) };
}

const PREFIX = ascii(' / part of key (');
const MIDDLE = ascii(') -> value (');
const SUFFIX = ascii(') pair in WeakMap (table @');
const CLOSE = 0x29;
const AT = 0x40;
const SPACE = 0x20;
const BACKSLASH = 0x5c;

/** The same by bytes, as they stand in the file, for what is asked of every string. */
export function isEphemeronName(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 60 || bytes[end - 1] !== CLOSE) return false;
  const afterSuffix = afterDigitsBackwards(bytes, end - 1);
  if (afterSuffix === end - 1 || !isAt(bytes, afterSuffix - SUFFIX.length, SUFFIX)) return false;
  const valueEnd = afterSuffix - SUFFIX.length;
  let p = start;
  while (isDigit(bytes[p])) p++;
  if (p === start || !isAt(bytes, p, PREFIX)) return false;
  p += PREFIX.length;
  if (!endsInId(bytes, p, valueEnd)) return false;
  for (; p + MIDDLE.length <= valueEnd; p++) {
    // A line break in a name, which the pattern does not match, is written with a backslash: rare enough to be left out.
    if (bytes[p] === BACKSLASH && isLineBreak(bytes[p + 1])) return false;
    if (bytes[p] === CLOSE && isAt(bytes, p, MIDDLE) && endsInId(bytes, start, p) && endsInId(bytes, p + MIDDLE.length, valueEnd))
      return true;
  }
  return false;
}

/** Whether `bytes[start .. end]` ends in ` @123`. */
function endsInId(bytes: Uint8Array, start: number, end: number): boolean {
  const at = afterDigitsBackwards(bytes, end);
  return at < end && at - 2 >= start && bytes[at - 1] === AT && bytes[at - 2] === SPACE;
}

/** Start of the digits that end at `end`. */
function afterDigitsBackwards(bytes: Uint8Array, end: number): number {
  let p = end;
  while (p > 0 && isDigit(bytes[p - 1])) p--;
  return p;
}

function isAt(bytes: Uint8Array, at: number, text: Uint8Array): boolean {
  if (at < 0) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text[i]) return false;
  return true;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** The letter after the backslash of `\n` and `\r`. */
function isLineBreak(byte: number): boolean {
  return byte === 0x6e || byte === 0x72;
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
