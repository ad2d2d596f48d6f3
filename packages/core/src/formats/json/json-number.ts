import { END, type ByteCursor } from './byte-cursor.ts';
import { JsonCutOffError, JsonSyntaxError } from './json-errors.ts';

/** As JSON writes numbers. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** More digits than any writer of numbers uses. */
const MOST_CHARACTERS = 1024;
/** So many digits are exact as they are added up. */
const EXACT_DIGITS = 15;

/** Reads the number at which the cursor stands. */
export function readNumber(cursor: ByteCursor): number {
  const at = cursor.position;
  const quick = readDigits(cursor);
  if (quick >= 0) return quick;
  const text = collect(cursor, at);
  if (NUMBER.test(text)) return Number(text);
  if (cursor.peek() === END) throw new JsonCutOffError('the rest of a number', cursor.position);
  throw new JsonSyntaxError('a number', `'${text}'`, at);
}

/** A short whole number that lies in the buffer as a whole; -1 for every other, which stays unread. */
function readDigits(cursor: ByteCursor): number {
  const { buffer, lo, hi } = cursor;
  let value = 0;
  let end = lo;
  while (end < hi && end - lo <= EXACT_DIGITS && buffer[end] >= 0x30 && buffer[end] <= 0x39) value = value * 10 + buffer[end++] - 0x30;
  const hasLeadingZero = buffer[lo] === 0x30 && end - lo > 1;
  if (end === hi || end === lo || end - lo > EXACT_DIGITS || hasLeadingZero || isNumberByte(buffer[end])) return -1;
  cursor.lo = end;
  return value;
}

function collect(cursor: ByteCursor, at: number): string {
  let text = '';
  while (isNumberByte(cursor.peek())) {
    text += String.fromCharCode(cursor.buffer[cursor.lo++]);
    if (text.length > MOST_CHARACTERS) throw new JsonSyntaxError(`a number of at most ${MOST_CHARACTERS} characters`, 'a longer one', at);
  }
  return text;
}

/** Digits, signs, point, exponent. */
function isNumberByte(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || byte === 0x2b || byte === 0x2d || byte === 0x2e || byte === 0x45 || byte === 0x65;
}
