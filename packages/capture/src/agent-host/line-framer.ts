export const MAX_LINE_BYTES = 256 * 1024;

/** Cuts a byte stream into lines. Holds at most one unfinished line; a line above 256 KiB ends it: `push` answers undefined and the caller drops the peer. */
export class LineFramer {
  #pending: Buffer[] = [];
  #pendingBytes = 0;

  push(chunk: Buffer): string[] | undefined {
    const lines: string[] = [];
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      if (this.#pendingBytes + end - from > MAX_LINE_BYTES) return undefined;
      this.#pending.push(chunk.subarray(from, end));
      lines.push(Buffer.concat(this.#pending).toString('utf8'));
      this.#pending = [];
      this.#pendingBytes = 0;
      from = end + 1;
    }
    if (from < chunk.length) {
      this.#pending.push(chunk.subarray(from));
      this.#pendingBytes += chunk.length - from;
    }
    return this.#pendingBytes > MAX_LINE_BYTES ? undefined : lines;
  }
}
