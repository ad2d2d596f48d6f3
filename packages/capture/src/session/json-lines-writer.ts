import { closeSync, openSync, writeSync } from 'node:fs';

/**
 * Appends JSON objects to a file, one a line. Every line is one write, so that a crash tears at most the last one.
 * A full disk does not throw: the line is lost, counted, and the file goes on after a line break once there is room.
 */
export class JsonLinesWriter {
  readonly #fd: number;
  #torn = false;
  #closed = false;
  lostLines = 0;
  writtenBytes = 0;

  constructor(path: string) {
    this.#fd = openSync(path, 'ax', 0o600);
  }

  append(value: object): void {
    if (this.#closed) return;
    const line = Buffer.from(`${this.#torn ? '\n' : ''}${JSON.stringify(value)}\n`);
    try {
      const written = writeSync(this.#fd, line);
      this.writtenBytes += written;
      this.#torn = written < line.length;
      if (this.#torn) this.lostLines++;
    } catch {
      this.lostLines++;
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#fd);
  }
}
