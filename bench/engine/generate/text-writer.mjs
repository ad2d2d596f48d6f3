import { closeSync, openSync, readSync, writeSync } from 'node:fs';

const PIECE_BYTES = 4 << 20;
const LONGEST_NUMBER = 24;
const COMMA = 44;
const NEWLINE = 10;
const DIGIT_0 = 48;

/** A file written piece by piece: texts, rows of numbers as V8 writes them, and bytes of another file. */
export class TextWriter {
  #fd;
  #buffer = Buffer.allocUnsafeSlow(PIECE_BYTES + LONGEST_NUMBER);
  #end = 0;

  constructor(path) {
    this.#fd = openSync(path, 'w');
  }

  text(text) {
    this.#flush();
    writeSync(this.#fd, text, null, 'latin1');
  }

  /** Begins a row. */
  row(isFirst) {
    if (isFirst) return;
    this.#buffer[this.#end++] = NEWLINE;
    this.#buffer[this.#end++] = COMMA;
  }

  number(value, isFirst) {
    if (!isFirst) this.#buffer[this.#end++] = COMMA;
    let digits = 1;
    for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) digits++;
    for (let at = this.#end + digits - 1, rest = value; at >= this.#end; at--) {
      const tenth = Math.floor(rest / 10);
      this.#buffer[at] = DIGIT_0 + rest - tenth * 10;
      rest = tenth;
    }
    this.#end += digits;
    if (this.#end >= PIECE_BYTES) this.#flush();
  }

  copy(fd, from, to) {
    this.#flush();
    for (let at = from; at < to;) {
      const bytes = readSync(fd, this.#buffer, 0, Math.min(PIECE_BYTES, to - at), at);
      if (bytes === 0) throw new Error('the snapshot is cut off');
      at += bytes;
      this.#end = bytes;
      this.#flush();
    }
  }

  close() {
    this.#flush();
    closeSync(this.#fd);
  }

  #flush() {
    for (let written = 0; written < this.#end;) written += writeSync(this.#fd, this.#buffer, written, this.#end - written);
    this.#end = 0;
  }
}
