const SLICES = 8;
const TABLE = buildTable();

/** Slice after slice, of 256 entries each: what a byte does to the sum when so many bytes follow it. */
function buildTable(): Int32Array {
  const table = new Int32Array(SLICES * 256);
  for (let i = 0; i < table.length; i++) {
    const previous = i - 256;
    let c = previous < 0 ? i : table[previous];
    if (previous >= 0) c = (c >>> 8) ^ table[c & 0xff];
    else for (let k = 0; k < 8; k++) c = (c & 1) !== 0 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    table[i] = c;
  }
  return table;
}

/** CRC-32 as in zlib, two words of the machine a turn ("slicing by eight", Kounavis and Berry 2005). */
export function crc32(bytes: Uint8Array): number {
  const untilAligned = Math.min(bytes.length, -bytes.byteOffset & 3);
  const wordCount = (bytes.length - untilAligned) >>> 3;
  const words = new Uint32Array(bytes.buffer, wordCount === 0 ? 0 : bytes.byteOffset + untilAligned, wordCount * 2);
  const c = byWords(byBytes(-1, bytes, 0, untilAligned), words);
  return (byBytes(c, bytes, untilAligned + wordCount * 8, bytes.length) ^ -1) >>> 0;
}

function byWords(before: number, words: Uint32Array): number {
  const table = TABLE;
  let c = before;
  for (let w = 0; w < words.length; w += 2) {
    const low = words[w] ^ c;
    const high = words[w + 1];
    c =
      table[0x700 | (low & 0xff)] ^
      table[0x600 | ((low >>> 8) & 0xff)] ^
      table[0x500 | ((low >>> 16) & 0xff)] ^
      table[0x400 | (low >>> 24)] ^
      table[0x300 | (high & 0xff)] ^
      table[0x200 | ((high >>> 8) & 0xff)] ^
      table[0x100 | ((high >>> 16) & 0xff)] ^
      table[high >>> 24];
  }
  return c;
}

function byBytes(before: number, bytes: Uint8Array, from: number, end: number): number {
  const table = TABLE;
  let c = before;
  for (let i = from; i < end; i++) c = table[(c ^ bytes[i]) & 0xff] ^ (c >>> 8);
  return c;
}
