/** Enough for two million objects. Payloads take up memory until the second pass has used them; the rest is decoded once more. */
const MOST_KEPT_BYTES = 64 * 2 ** 20;

/**
 * Payloads that the first pass over a dump decoded and the second needs too, by the place of their block: decoding is dearer
 * than any other step of either pass.
 */
export class KeptPayloads {
  readonly #kinds: ReadonlySet<number>;
  readonly #mostBytes: number;
  readonly #payloadByOffset = new Map<number, Uint8Array>();
  #bytes = 0;

  /** Keeps payloads of these kinds. */
  constructor(kinds: ReadonlySet<number>, mostBytes = MOST_KEPT_BYTES) {
    this.#kinds = kinds;
    this.#mostBytes = mostBytes;
  }

  /** Whether it was kept: nobody may write to it then. */
  keep(kind: number, offset: number, payload: Uint8Array): boolean {
    if (!this.#kinds.has(kind) || this.#bytes + payload.length > this.#mostBytes) return false;
    this.#bytes += payload.length;
    this.#payloadByOffset.set(offset, payload);
    return true;
  }

  /** The payload of the block at a place, which is not kept any longer. */
  take(offset: number): Uint8Array | undefined {
    const payload = this.#payloadByOffset.get(offset);
    if (payload !== undefined) this.#payloadByOffset.delete(offset);
    return payload;
  }
}
