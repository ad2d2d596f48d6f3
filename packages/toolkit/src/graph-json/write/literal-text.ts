import { GraphLimitError } from '../errors.ts';
import { MAX_BIGINT_DIGITS } from '../format.ts';

/** Quotes, backslashes, control characters, and surrogates, which may be alone. */

const NEEDS_ESCAPES = /["\\\u0000-\u001f\ud800-\udfff]/;
/** From here on `JSON.stringify` is the faster one anyway. */
const LONG = 200;

export function stringText(text: string): string {
  return text.length > LONG || NEEDS_ESCAPES.test(text) ? JSON.stringify(text) : `"${text}"`;
}

export function numberText(value: number): string {
  if (value === 0 && Object.is(value, -0)) return '{"$type":"number","value":"-0"}';
  if (!Number.isFinite(value)) return `{"$type":"number","value":"${value}"}`;
  return `${value}`;
}

export function bigintText(value: bigint): string {
  const text = boundedDecimal(value);
  if (text === undefined)
    throw new GraphLimitError(`A BigInt has more than ${MAX_BIGINT_DIGITS} digits, which the format allows. Write it as text or as bytes.`);
  return `{"$type":"bigint","value":"${text}"}`;
}

/** Asks for the size in hexadecimal first, which takes linear time. */
function boundedDecimal(value: bigint): string | undefined {
  if (value.toString(16).length > MAX_BIGINT_DIGITS) return undefined;
  const text = value.toString();
  return text.length > MAX_BIGINT_DIGITS ? undefined : text;
}

export const UNDEFINED_TEXT = '{"$type":"undefined"}';

/** Texts of properties are appended to the whole when they are as long, and the limit is checked; longer strings are looked at alone. */
export const CHUNK = 65_536;

/** What JSON has the same way. */
export function isLiteral(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && (value !== 0 || !Object.is(value, -0));
  return (typeof value === 'string' && value.length < CHUNK) || value === null || typeof value === 'boolean';
}

/** Undefined when the escapes make it longer than strings can be. */
export function escapedText(value: string): string | undefined {
  try {
    return stringText(value);
  } catch {
    return undefined;
  }
}
