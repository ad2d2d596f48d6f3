/** What a cache keeps: a typed array of numbers, written as the machine has it. */
export type Column =
  Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** One column under the name by which it is asked for. */
export interface Section {
  readonly name: string;
  readonly column: Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;
}

const ARRAY_BY_KIND = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, i32: Int32Array, f64: Float64Array } as const;

export type ColumnKind = keyof typeof ARRAY_BY_KIND;

export interface ColumnByKind {
  readonly u8: Uint8Array<ArrayBuffer>;
  readonly u16: Uint16Array<ArrayBuffer>;
  readonly u32: Uint32Array<ArrayBuffer>;
  readonly i32: Int32Array<ArrayBuffer>;
  readonly f64: Float64Array<ArrayBuffer>;
}

export function isColumnKind(kind: unknown): kind is ColumnKind {
  return typeof kind === 'string' && Object.hasOwn(ARRAY_BY_KIND, kind);
}

export function kindOf(column: Section['column']): ColumnKind {
  for (const [kind, array] of Object.entries(ARRAY_BY_KIND)) if (column instanceof array) return kind as ColumnKind;
  throw new TypeError(`a column of kind ${Object.prototype.toString.call(column)} cannot be kept`);
}

export function bytesPerEntry(kind: ColumnKind): number {
  return ARRAY_BY_KIND[kind].BYTES_PER_ELEMENT;
}

export function newColumn(kind: ColumnKind, length: number): Column {
  return new ARRAY_BY_KIND[kind](length);
}

/** Anything that JSON can hold, as a column: for what is too small or too odd to have columns of its own. */
export function jsonSection(name: string, value: unknown): Section {
  return { name, column: new TextEncoder().encode(JSON.stringify(value)) };
}
