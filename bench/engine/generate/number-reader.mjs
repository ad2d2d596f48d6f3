import { readSync } from 'node:fs';

const PIECE_BYTES = 4 << 20;
const DIGIT_0 = 48;

/** Unsigned integers one after another, whatever stands between them; and the text that surrounds lists of them. */
export class NumberReader {
  #fd;
  #buffer = Buffer.allocUnsafeSlow(PIECE_BYTES);
  #at = 0;
  #end = 0;
  #next;

  constructor(fd, position) {
    this.#fd = fd;
    this.#next = position;
  }

  /** Of the next byte, in the file. */
  get position() {
    return this.#next - (this.#end - this.#at);
  }

  next() {
    let digit = this.#digit();
    while (digit < 0) digit = this.#digit();
    let value = digit;
    while ((digit = this.#digit()) >= 0) value = value * 10 + digit;
    return value;
  }

  /** Everything up to and with a text; both in Latin-1, short. */
  textUntil(text) {
    let found = '';
    while (!found.endsWith(text)) found += String.fromCharCode(this.#byte());
    return found;
  }

  skipUntil(character) {
    const wanted = character.charCodeAt(0);
    while (this.#byte() !== wanted);
  }

  /** A digit's value, or -1 for any other byte. */
  #digit() {
    const digit = this.#byte() - DIGIT_0;
    return digit >= 0 && digit <= 9 ? digit : -1;
  }

  #byte() {
    if (this.#at === this.#end) {
      this.#at = 0;
      this.#end = readSync(this.#fd, this.#buffer, 0, PIECE_BYTES, this.#next);
      if (this.#end === 0) throw new Error('the snapshot is cut off');
      this.#next += this.#end;
    }
    return this.#buffer[this.#at++];
  }
}
