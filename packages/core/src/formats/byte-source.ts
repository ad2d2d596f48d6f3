/** A file of any length, read in pieces wherever needed. Handed in: the core opens nothing. */
export interface ByteSource {
  readonly sizeBytes: number;
  /** Fills `into` from `position` on; returns how many bytes there were, less than asked for only at the end. */
  read(into: Uint8Array, position: number): number;
}

/** A file that is in memory already. */
export function bytesInMemory(bytes: Uint8Array): ByteSource {
  return {
    sizeBytes: bytes.length,
    read(into, position) {
      const piece = bytes.subarray(position, position + into.length);
      into.set(piece);
      return piece.length;
    },
  };
}
