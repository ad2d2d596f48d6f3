/** Thrown inside the loader when a block contradicts itself; the loader then treats the file as damaged from there on. */
export class MalformedBlock extends Error {}

/** Finds the columns in one payload; every length is checked before it is used. Columns of integers are read in place. */
export class PayloadReader {
  /** The payload in words of 32 bits, which all columns but texts begin at. Good as long as the payload is. */
  readonly words: Uint32Array;
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(payload: Uint8Array) {
    this.#bytes = payload.byteOffset % 4 === 0 ? payload : payload.slice();
    this.words = new Uint32Array(this.#bytes.buffer, this.#bytes.byteOffset, payload.length >>> 2);
  }

  u32(): number {
    return this.words[this.u32s(1)];
  }

  /** Index into `words` at which so many numbers begin. */
  u32s(count: number): number {
    return this.#take(count, 4) / 4;
  }

  /** The same for numbers of 64 bits: the lower half of each comes first. */
  u64s(count: number): number {
    return this.#take(count, 8) / 4;
  }

  /** A copy. */
  u16s(count: number): Uint16Array {
    return new Uint16Array(this.#copy(this.#take(count, 2), count * 2));
  }

  /** A copy. */
  f64s(count: number): Float64Array {
    return new Float64Array(this.#copy(this.#take(count, 8), count * 8));
  }

  /** A copy of all that is left. */
  rest(): Uint8Array {
    const left = this.#bytes.length - this.#offset;
    return new Uint8Array(this.#copy(this.#take(left, 1), left));
  }

  end(): void {
    if (this.#offset !== this.#bytes.length) throw new MalformedBlock(`${this.#bytes.length - this.#offset} bytes too many`);
  }

  /** Moves on, and returns where it was. */
  #take(count: number, width: number): number {
    const start = this.#offset;
    const length = count * width;
    if (start + length > this.#bytes.length) throw new MalformedBlock(`${length} bytes expected at ${start} of ${this.#bytes.length}`);
    this.#offset += length;
    return start;
  }

  #copy(at: number, length: number): ArrayBuffer {
    const start = this.#bytes.byteOffset + at;
    return this.#bytes.buffer.slice(start, start + length) as ArrayBuffer;
  }
}

export function sum(values: Uint32Array, from: number, count: number): number {
  let total = 0;
  for (let i = from; i < from + count; i++) total += values[i];
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
