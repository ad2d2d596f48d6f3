/**
 * Large enough that the system gives memory in few calls (a tenth less than by 1 MiB), small enough that bytes which were just
 * read are near when they are summed.
 */
const PIECE_BYTES = 4 * 2 ** 20;

/** Feeds bytes to what checks them; `previous` is the sum so far, 0 at first. Handed in: the core has no fast one of its own. */
export type Checksum = (bytes: Uint8Array, previous: number) => number;

/** Views on the bytes of a column, one after another: a column may be longer than any array of bytes. */
export function* piecesOf(column: ArrayBufferView): Generator<Uint8Array<ArrayBuffer>> {
  const end = column.byteOffset + column.byteLength;
  for (let at = column.byteOffset; at < end; at += PIECE_BYTES)
    yield new Uint8Array(column.buffer as ArrayBuffer, at, Math.min(PIECE_BYTES, end - at));
}
