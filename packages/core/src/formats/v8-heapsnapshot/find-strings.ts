import type { ByteSource } from '../byte-source.ts';
import { COLON, isSpace, OPEN_LIST } from './json-bytes.ts';

const PIECE_BYTES = 1 << 20;
const KEY = '"strings"';
/** Room for the key and for what may stand between it and the bracket. */
const OVERLAP_BYTES = 64;

/**
 * Where the list of strings begins (behind its bracket), found from the end of the file, where V8 puts it: nodes and edges,
 * which are most of the file, need not be read for that. Undefined when it is not found. A string of the list cannot look
 * like the key: within a text, a quote has a backslash before it.
 */
export function findStrings(source: ByteSource): number | undefined {
  const bytes = new Uint8Array(PIECE_BYTES + OVERLAP_BYTES);
  for (let end = source.sizeBytes; end > 0;) {
    const start = Math.max(0, end - PIECE_BYTES);
    const count = source.read(bytes.subarray(0, Math.min(end + OVERLAP_BYTES, source.sizeBytes) - start), start);
    const piece = bytes.subarray(0, count);
    // A text is searched many times faster than bytes; where in the bytes it is, only matters in the piece that has it.
    if (new TextDecoder().decode(piece).includes(KEY)) {
      const at = lastKey(piece);
      if (at >= 0) return start + at;
    }
    end = start;
  }
  return undefined;
}

/** Behind the bracket of the last key of a list in `bytes`; -1 when there is none. */
function lastKey(bytes: Uint8Array): number {
  const key = new TextEncoder().encode(KEY);
  for (let at = bytes.length - key.length; at >= 0; at--) {
    if (bytes[at] !== key[0] || bytes[at + 1] !== key[1]) continue;
    if (!key.every((byte, i) => bytes[at + i] === byte)) continue;
    let p = at + key.length;
    while (isSpace(bytes[p])) p++;
    if (bytes[p++] !== COLON) continue;
    while (isSpace(bytes[p])) p++;
    if (bytes[p] === OPEN_LIST) return p + 1;
  }
  return -1;
}
