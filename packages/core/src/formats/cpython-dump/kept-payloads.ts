const MOST_BYTES = 64 * 2 ** 20;

/** Decoded blocks that a second look will want again, up to a bound: decoding is a fifth of the time that reading takes. */
export class KeptPayloads {
  readonly #payloadByOffset = new Map<number, Uint8Array>();
  #bytes = 0;

  /** Keeps a payload that nobody else will change. */
  keep(offset: number, payload: Uint8Array): void {
    if (this.#bytes + payload.buffer.byteLength > MOST_BYTES) return;
    this.#bytes += payload.buffer.byteLength;
    this.#payloadByOffset.set(offset, payload);
  }

  /** Hands a payload out, once. */
  take(offset: number): Uint8Array | undefined {
    const payload = this.#payloadByOffset.get(offset);
    if (payload !== undefined) this.#payloadByOffset.delete(offset);
    return payload;
  }
}
