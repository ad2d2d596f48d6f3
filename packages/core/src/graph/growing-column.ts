/** Append-only typed columns that double their storage: one allocation pattern for every loader. `finish` trims and hands over. */
export class GrowingUint32 {
  #data: Uint32Array<ArrayBuffer>;
  #length = 0;

  constructor(capacity = 1024) {
    this.#data = new Uint32Array(Math.max(16, capacity));
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#data.length) this.#grow(this.#length + 1);
    this.#data[this.#length++] = value;
  }

  /** Takes away the last value, which there has to be. */
  pop(): number {
    return this.#data[--this.#length];
  }

  append(values: ArrayLike<number>): void {
    const end = this.#length + values.length;
    if (end > this.#data.length) this.#grow(end);
    this.#data.set(values, this.#length);
    this.#length = end;
  }

  at(index: number): number {
    return this.#data[index];
  }

  /** Changes a value that was pushed before. */
  set(index: number, value: number): void {
    this.#data[index] = value;
  }

  finish(): Uint32Array<ArrayBuffer> {
    return this.#data.length === this.#length ? this.#data : this.#data.slice(0, this.#length);
  }

  #grow(needed: number): void {
    const bigger = new Uint32Array(Math.max(needed, this.#data.length * 2));
    bigger.set(this.#data.subarray(0, this.#length));
    this.#data = bigger;
  }
}

/** As GrowingUint32, for addresses and other integers up to 2^53. */
export class GrowingFloat64 {
  #data: Float64Array<ArrayBuffer>;
  #length = 0;

  constructor(capacity = 1024) {
    this.#data = new Float64Array(Math.max(16, capacity));
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#data.length) this.#grow(this.#length + 1);
    this.#data[this.#length++] = value;
  }

  append(values: ArrayLike<number>): void {
    const end = this.#length + values.length;
    if (end > this.#data.length) this.#grow(end);
    this.#data.set(values, this.#length);
    this.#length = end;
  }

  at(index: number): number {
    return this.#data[index];
  }

  /** Changes a value that was pushed before. */
  set(index: number, value: number): void {
    this.#data[index] = value;
  }

  finish(): Float64Array<ArrayBuffer> {
    return this.#data.length === this.#length ? this.#data : this.#data.slice(0, this.#length);
  }

  #grow(needed: number): void {
    const bigger = new Float64Array(Math.max(needed, this.#data.length * 2));
    bigger.set(this.#data.subarray(0, this.#length));
    this.#data = bigger;
  }
}
