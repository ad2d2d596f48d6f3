/** Thrown inside the loader when a block contradicts itself; the loader then treats the file as damaged from there on. */
export class MalformedBlock extends Error {}

/** Reads columns out of one payload; every length is checked before it is used. */
export class PayloadReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #offset = 0;

  constructor(payload: Uint8Array) {
    this.#bytes = payload;
    this.#view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  }

  u32(): number {
    this.#need(4);
    const value = this.#view.getUint32(this.#offset, true);
    this.#offset += 4;
    return value;
  }

  u32s(count: number): Uint32Array {
    return new Uint32Array(this.#take(count, 4));
  }

  u16s(count: number): Uint16Array {
    return new Uint16Array(this.#take(count, 2));
  }

  f64s(count: number): Float64Array {
    return new Float64Array(this.#take(count, 8));
  }

  /** Addresses as doubles: exact below 2^53, and a larger one cannot be an address. */
  addresses(count: number): Float64Array {
    const halves = new Uint32Array(this.#take(count, 8));
    const addresses = new Float64Array(count);
    for (let i = 0, h = 0; i < count; i++, h += 2) addresses[i] = halves[h] + halves[h + 1] * 0x100000000;
    return addresses;
  }

  rest(): Uint8Array {
    const rest = this.#bytes.subarray(this.#offset);
    this.#offset = this.#bytes.length;
    return rest;
  }

  end(): void {
    if (this.#offset !== this.#bytes.length) throw new MalformedBlock(`${this.#bytes.length - this.#offset} bytes too many`);
  }

  #take(count: number, width: number): ArrayBuffer {
    this.#need(count * width);
    const start = this.#bytes.byteOffset + this.#offset;
    this.#offset += count * width;
    return this.#bytes.buffer.slice(start, start + count * width) as ArrayBuffer;
  }

  #need(length: number): void {
    if (this.#offset + length > this.#bytes.length)
      throw new MalformedBlock(`${length} bytes expected at ${this.#offset} of ${this.#bytes.length}`);
  }
}

export function sum(counts: Uint32Array): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i];
  return total;
}

export function parseJson<T>(payload: Uint8Array, isRight: (value: unknown) => value is T): T {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(payload));
  } catch {
    throw new MalformedBlock('not JSON');
  }
  if (!isRight(value)) throw new MalformedBlock('JSON of another shape');
  return value;
}
