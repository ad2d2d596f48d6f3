import type { JsonToken, JsonTokens } from '../json/json-tokens.ts';
import { ProfileFieldKindError, ProfileFieldMissingError, ProfileFieldTwiceError, ProfileNumberError } from './heap-profile-errors.ts';

/** What the fields of a profile may be. Each reads the value of the key that was just read. */
export function readText(tokens: JsonTokens, field: string): string {
  expect(tokens, field, 'text');
  return tokens.text();
}

/** Bytes: estimates may have fractions. */
export function readBytes(tokens: JsonTokens, field: string): number {
  expect(tokens, field, 'number');
  const value = tokens.number();
  if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER))
    throw new ProfileNumberError(field, 'a size from 0 to 2^53 bytes', value, tokens.at);
  return value;
}

export function readId(tokens: JsonTokens, field: string): number {
  expect(tokens, field, 'number');
  const value = tokens.number();
  if (!(Number.isSafeInteger(value) && value >= 0)) throw new ProfileNumberError(field, 'a whole number from 0 to 2^53', value, tokens.at);
  return value;
}

/** Lines and columns, which count from 0 in the file; -1 stands for none. Returned counting from 1, and 0 for none. */
export function readPlace(tokens: JsonTokens, field: string): number {
  expect(tokens, field, 'number');
  const value = tokens.number();
  if (!(Number.isInteger(value) && value >= -1 && value < MOST_LINES))
    throw new ProfileNumberError(field, 'a whole number from -1 to 2^31', value, tokens.at);
  return value + 1;
}

const MOST_LINES = 2 ** 31;

export function expect(tokens: JsonTokens, field: string, kind: 'text' | 'number' | 'object' | 'list'): void {
  const found = tokens.next();
  if (found !== kind) throw kindError(field, WORDS[kind], found, tokens.at);
}

export function kindError(field: string, expected: string, found: JsonToken, atByte: number): ProfileFieldKindError {
  return new ProfileFieldKindError(field, expected, WORDS[found], atByte);
}

const WORDS: Readonly<Record<JsonToken, string>> = {
  object: 'an object',
  list: 'a list',
  text: 'a text',
  number: 'a number',
  end: 'a closing bracket',
  key: 'a key',
  true: 'true',
  false: 'false',
  null: 'null',
  done: 'the end of the file',
};

/** Which of its known fields an object has had so far, as one bit each: a number, so that it can be kept for each open object. */
export class FieldSet {
  readonly #names: readonly string[];
  readonly #needed: readonly string[];
  readonly #owner: string;

  constructor(owner: string, needed: readonly string[], optional: readonly string[] = []) {
    this.#names = [...needed, ...optional];
    this.#needed = needed;
    this.#owner = owner;
  }

  /** Throws for a field that is there a second time. Fields that nobody knows are no concern of it. */
  add(seen: number, field: string, atByte: number): number {
    const at = this.#names.indexOf(field);
    if (at < 0) return seen;
    if ((seen & (1 << at)) !== 0) throw new ProfileFieldTwiceError(field, this.#owner, atByte);
    return seen | (1 << at);
  }

  /** Throws for the first needed field that is not there. */
  close(seen: number, atByte: number): void {
    this.#needed.forEach((field, at) => {
      if ((seen & (1 << at)) === 0) throw new ProfileFieldMissingError(field, this.#owner, atByte);
    });
  }
}
