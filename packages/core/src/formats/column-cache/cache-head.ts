import type { Checksum } from './pieces.ts';

/**
 * The first bytes of a cache, written last: a cache whose writer did not come to its end has zeros here. Then follow columns
 * and the directory of columns. Columns that are added later follow the directory, and another directory of all of them; until
 * the head tells of it, the file is longer than the head says, and not believed.
 *
 *   0  "HTCOLUMN"     8  version     12  order of bytes in the columns     16  position of the directory (double)
 *  24  length of the directory      28  its checksum    32  size of the file (double)    40  checksum of bytes 0 to 39
 */
export const HEAD_BYTES = 44;

/** Raise it when the layout, or the meaning of any column, changes: older caches are then built again. */
export const CACHE_VERSION = 2;

const MAGIC = 'HTCOLUMN';
const SUMMED_BYTES = 40;
const BYTE_ORDER = 0x01020304;

export interface CacheHead {
  readonly directoryAt: number;
  readonly directoryBytes: number;
  readonly directoryChecksum: number;
  readonly sizeBytes: number;
}

export function encodeHead(head: CacheHead, checksum: Checksum): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < MAGIC.length; i++) bytes[i] = MAGIC.charCodeAt(i);
  view.setUint32(8, CACHE_VERSION, true);
  bytes.set(new Uint8Array(Uint32Array.of(BYTE_ORDER).buffer), 12);
  view.setFloat64(16, head.directoryAt, true);
  view.setUint32(24, head.directoryBytes, true);
  view.setUint32(28, head.directoryChecksum, true);
  view.setFloat64(32, head.sizeBytes, true);
  view.setUint32(SUMMED_BYTES, checksum(bytes.subarray(0, SUMMED_BYTES), 0), true);
  return bytes;
}

/** Undefined for whatever this version did not write, as a whole and on a machine like this one. */
export function decodeHead(bytes: Uint8Array, checksum: Checksum): CacheHead | undefined {
  if (bytes.length < HEAD_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let i = 0; i < MAGIC.length; i++) if (bytes[i] !== MAGIC.charCodeAt(i)) return undefined;
  if (view.getUint32(8, true) !== CACHE_VERSION) return undefined;
  if (new Uint32Array(bytes.slice(12, 16).buffer)[0] !== BYTE_ORDER) return undefined;
  if (view.getUint32(SUMMED_BYTES, true) !== checksum(bytes.subarray(0, SUMMED_BYTES), 0)) return undefined;
  return {
    directoryAt: view.getFloat64(16, true),
    directoryBytes: view.getUint32(24, true),
    directoryChecksum: view.getUint32(28, true),
    sizeBytes: view.getFloat64(32, true),
  };
}
