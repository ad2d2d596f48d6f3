const SLICES = 8;
const TABLES = buildTables();

function buildTables(): readonly Uint32Array[] {
  const tables = Array.from({ length: SLICES }, () => new Uint32Array(256));
  for (let i = 0; i < 256; i++) {
    let c = i;
    for (let k = 0; k < 8; k++) c = (c & 1) !== 0 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    tables[0][i] = c;
  }
  for (let i = 0; i < 256; i++) {
    for (let t = 1; t < SLICES; t++) tables[t][i] = (tables[t - 1][i] >>> 8) ^ tables[0][tables[t - 1][i] & 0xff];
  }
  return tables;
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
  const [t0, t1, t2, t3, t4, t5, t6, t7] = TABLES as readonly [
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
  ];
  let c = before;
  for (let w = 0; w < words.length; w += 2) {
    const low = words[w] ^ c;
    const high = words[w + 1];
    c =
      t7[low & 0xff] ^
      t6[(low >>> 8) & 0xff] ^
      t5[(low >>> 16) & 0xff] ^
      t4[low >>> 24] ^
      t3[high & 0xff] ^
      t2[(high >>> 8) & 0xff] ^
      t1[(high >>> 16) & 0xff] ^
      t0[high >>> 24];
  }
  return c;
}

function byBytes(before: number, bytes: Uint8Array, from: number, end: number): number {
  const table = TABLES[0];
  let c = before;
  for (let i = from; i < end; i++) c = table[(c ^ bytes[i]) & 0xff] ^ (c >>> 8);
  return c;
}
