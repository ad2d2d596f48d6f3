import type { ByteSource } from '../byte-source.ts';
import { ByteCursor, END } from './byte-cursor.ts';
import { JsonCutOffError, JsonSyntaxError } from './json-errors.ts';
import { readNumber } from './json-number.ts';
import { TextCollector } from './json-text.ts';

/** `end` closes the innermost object or list; `done` follows the last byte. */
export type JsonToken = 'object' | 'list' | 'end' | 'key' | 'text' | 'number' | 'true' | 'false' | 'null' | 'done';

const PIECE_BYTES = 2 ** 16;

const LIST = 0;
const OBJECT = 1;

/** What may come next. */
const State = { value: 0, firstItem: 1, firstKey: 2, colon: 3, afterValue: 4 } as const;
type State = (typeof State)[keyof typeof State];

/**
 * JSON of any size and depth as tokens, read forwards in constant memory beside one byte for each open bracket. Takes what
 * `JSON.parse` takes, and a byte order mark. For formats of moderate size whose keys come in any order; texts are decoded
 * only when asked for. Throws JsonSyntaxError and JsonCutOffError.
 */
export class JsonTokens {
  readonly #cursor: ByteCursor;
  readonly #text = new TextCollector();
  #kinds = new Uint8Array(64);
  #depth = 0;
  #state: State = State.value;
  #number = 0;
  #at = 0;

  constructor(source: ByteSource, pieceBytes = PIECE_BYTES) {
    this.#cursor = new ByteCursor(source, pieceBytes);
    this.#skipByteOrderMark();
  }

  /** Where in the file the last token began. */
  get at(): number {
    return this.#at;
  }

  /** How many objects and lists are open after the last token. */
  get depth(): number {
    return this.#depth;
  }

  /** Of the last token, a key or text. */
  text(): string {
    return this.#text.decode(this.#at);
  }

  /** Of the last token, a number. */
  number(): number {
    return this.#number;
  }

  next(): JsonToken {
    let byte = this.#peekPastSpace();
    if (this.#state === State.colon) {
      if (byte !== 0x3a) throw this.#unexpected("':' after a key", byte);
      this.#cursor.lo++;
      byte = this.#peekPastSpace();
      this.#state = State.value;
    } else if (this.#state === State.afterValue) {
      if (this.#depth === 0) {
        this.#at = this.#cursor.position;
        if (byte === END) return 'done';
        throw this.#unexpected('the end of the file', byte);
      }
      if (this.#closes(byte)) return this.#close();
      if (byte !== 0x2c) throw this.#unexpected(this.#kinds[this.#depth - 1] === OBJECT ? "',' or '}'" : "',' or ']'", byte);
      this.#cursor.lo++;
      byte = this.#peekPastSpace();
      if (this.#kinds[this.#depth - 1] === OBJECT) return this.#key('a key', byte);
    } else if (this.#state === State.firstKey) {
      return this.#closes(byte) ? this.#close() : this.#key("a key or '}'", byte);
    } else if (this.#state === State.firstItem && this.#closes(byte)) {
      return this.#close();
    }
    return this.#value(byte);
  }

  /** Goes past the value that the last token begins; after a key, past its value. */
  skip(token: JsonToken): void {
    const first = token === 'key' ? this.next() : token;
    if (first !== 'object' && first !== 'list') return;
    const outside = this.#depth - 1;
    while (this.#depth > outside) this.next();
  }

  #value(byte: number): JsonToken {
    this.#at = this.#cursor.position;
    switch (byte) {
      case 0x7b:
        return this.#open(OBJECT);
      case 0x5b:
        return this.#open(LIST);
      case 0x22:
        this.#text.read(this.#cursor);
        this.#state = State.afterValue;
        return 'text';
      case 0x74:
        return this.#word('true');
      case 0x66:
        return this.#word('false');
      case 0x6e:
        return this.#word('null');
      default:
        if (byte !== 0x2d && !(byte >= 0x30 && byte <= 0x39)) throw this.#unexpected('a value', byte);
        this.#number = readNumber(this.#cursor);
        this.#state = State.afterValue;
        return 'number';
    }
  }

  #key(expected: string, byte: number): JsonToken {
    if (byte !== 0x22) throw this.#unexpected(expected, byte);
    this.#at = this.#cursor.position;
    this.#text.read(this.#cursor);
    this.#state = State.colon;
    return 'key';
  }

  #word(word: 'true' | 'false' | 'null'): JsonToken {
    for (let at = 0; at < word.length; at++) {
      const byte = this.#cursor.peek();
      if (byte !== word.charCodeAt(at)) throw this.#unexpected(`"${word}"`, byte);
      this.#cursor.lo++;
    }
    this.#state = State.afterValue;
    return word;
  }

  #open(kind: number): JsonToken {
    if (this.#depth === this.#kinds.length) {
      const more = new Uint8Array(this.#depth * 2);
      more.set(this.#kinds);
      this.#kinds = more;
    }
    this.#kinds[this.#depth++] = kind;
    this.#cursor.lo++;
    this.#state = kind === OBJECT ? State.firstKey : State.firstItem;
    return kind === OBJECT ? 'object' : 'list';
  }

  #closes(byte: number): boolean {
    return byte === (this.#kinds[this.#depth - 1] === OBJECT ? 0x7d : 0x5d);
  }

  #close(): JsonToken {
    this.#at = this.#cursor.position;
    this.#cursor.lo++;
    this.#depth--;
    this.#state = State.afterValue;
    return 'end';
  }

  #peekPastSpace(): number {
    const cursor = this.#cursor;
    for (;;) {
      const byte = cursor.peek();
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return byte;
      cursor.lo++;
    }
  }

  #skipByteOrderMark(): void {
    if (this.#cursor.peek() !== 0xef) return;
    for (const byte of [0xef, 0xbb, 0xbf]) {
      if (this.#cursor.peek() !== byte) throw this.#unexpected('a value', this.#cursor.peek());
      this.#cursor.lo++;
    }
  }

  #unexpected(expected: string, byte: number): JsonSyntaxError | JsonCutOffError {
    const { position } = this.#cursor;
    return byte === END ? new JsonCutOffError(expected, position) : new JsonSyntaxError(expected, describeByte(byte), position);
  }
}

/** A byte as it is to be shown in a message. */
function describeByte(byte: number): string {
  return byte > 0x20 && byte < 0x7f ? `'${String.fromCharCode(byte)}'` : `the byte 0x${byte.toString(16).padStart(2, '0')}`;
}
