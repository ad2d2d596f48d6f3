const PREFIX = ascii(' / part of key (');
const MIDDLE = ascii(') -> value (');
const SUFFIX = ascii(') pair in WeakMap (table @');
const SHORTEST = '0'.length + PREFIX.length + ' @1'.length + MIDDLE.length + ' @1'.length + SUFFIX.length + '1)'.length;

const CLOSE = 0x29;
const AT = 0x40;
const SPACE = 0x20;
const ZERO = 0x30;
const BACKSLASH = 0x5c;

/**
 * V8 shows the value of a WeakMap entry twice: held by the table and held by the key, both under the name
 * `3 / part of key (Key @7) -> value (Value @9) pair in WeakMap (table @11)` (only the number in front differs). Tells such
 * names as DevTools does (HeapSnapshot.ts, tryParseWeakMapEdgeName), by their bytes as they stand in the file, and keeps the
 * ids of the last one.
 */
export class EphemeronName {
  keyId = 0;
  valueId = 0;
  tableId = 0;

  /** Whether `bytes[start .. end[`, the text between the quotes, is such a name. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start < SHORTEST || bytes[end - 1] !== CLOSE) return false;
    const tableAt = startOfDigits(bytes, start, end - 1);
    const valueEnd = tableAt - SUFFIX.length;
    if (tableAt === end - 1 || !isAt(bytes, valueEnd, SUFFIX) || !endsInId(bytes, start, valueEnd)) return false;
    let keyAt = start;
    while (isDigit(bytes[keyAt])) keyAt++;
    if (keyAt === start || !isAt(bytes, keyAt, PREFIX)) return false;
    keyAt += PREFIX.length;
    for (let p = keyAt; p + MIDDLE.length <= valueEnd; p++) {
      if (bytes[p] !== CLOSE || !isAt(bytes, p, MIDDLE) || !endsInId(bytes, keyAt, p)) continue;
      if (!endsInId(bytes, p + MIDDLE.length, valueEnd)) continue;
      // A class name with a line break in it is not matched by DevTools either.
      if (hasLineBreak(bytes, keyAt, valueEnd)) return false;
      this.keyId = numberBefore(bytes, keyAt, p);
      this.valueId = numberBefore(bytes, p, valueEnd);
      this.tableId = numberBefore(bytes, valueEnd, end - 1);
      return true;
    }
    return false;
  }
}

/** Whether `bytes[start .. end[` ends in ` @123`. */
function endsInId(bytes: Uint8Array, start: number, end: number): boolean {
  const at = startOfDigits(bytes, start, end);
  return at < end && at - 2 >= start && bytes[at - 1] === AT && bytes[at - 2] === SPACE;
}

/** Where the digits begin that end at `end`, which is `end` where there are none. */
function startOfDigits(bytes: Uint8Array, start: number, end: number): number {
  let p = end;
  while (p > start && isDigit(bytes[p - 1])) p--;
  return p;
}

function numberBefore(bytes: Uint8Array, start: number, end: number): number {
  let number = 0;
  for (let p = startOfDigits(bytes, start, end); p < end; p++) number = number * 10 + (bytes[p] - ZERO);
  return number;
}

function isAt(bytes: Uint8Array, at: number, text: Uint8Array): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text[i]) return false;
  return true;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte < ZERO + 10;
}

/** Line breaks as the pattern knows them, escaped or not. */
function hasLineBreak(bytes: Uint8Array, start: number, end: number): boolean {
  // Most class names are plain.
  let p = start;
  while (p < end && bytes[p] !== BACKSLASH && bytes[p] < 0x80) p++;
  if (p === end) return false;
  return /[\n\r\u2028\u2029]|(?:^|[^\\])(?:\\\\)*\\(?:[nr]|u000[ad]|u202[89])/i.test(new TextDecoder().decode(bytes.subarray(start, end)));
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
