import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';

export type CodecName = 'gzip' | 'brotli' | 'zstd';

/** One way in which a heap file may be compressed. */
export interface Codec {
  readonly name: CodecName;
  /** Decides by the first bytes where the codec has a mark of its own, by the name where it has none. */
  matches(head: Uint8Array, path: string): boolean;
  /** A stream that unpacks; undefined where this Node has none. */
  decoder(): Transform | undefined;
  /** The command that does it outside, for messages. */
  unpackWith(path: string): string;
}

/** Output comes in pieces of this size: memory stays the same whatever the file's. */
const PIECE_BYTES = 2 ** 18;

const CODECS: readonly Codec[] = [
  {
    name: 'gzip',
    matches: (head) => startsWith(head, [0x1f, 0x8b]),
    decoder: () => zlib.createGunzip({ chunkSize: PIECE_BYTES }),
    unpackWith: (path) => `gunzip --keep ${path}`,
  },
  {
    name: 'zstd',
    matches: (head) => startsWith(head, [0x28, 0xb5, 0x2f, 0xfd]),
    // From Node 22.15 on; the types are those of Node 20.
    decoder: () =>
      (zlib as { createZstdDecompress?: (options: { chunkSize: number }) => Transform }).createZstdDecompress?.({ chunkSize: PIECE_BYTES }),
    unpackWith: (path) => `unzstd --keep ${path}`,
  },
  {
    name: 'brotli',
    matches: (_head, path) => /\.br$/i.test(path),
    decoder: () => zlib.createBrotliDecompress({ chunkSize: PIECE_BYTES }),
    unpackWith: (path) => `brotli --decompress --keep ${path}`,
  },
];

/** How a file is compressed; undefined when it is not. */
export function codecOf(head: Uint8Array, path: string): Codec | undefined {
  return CODECS.find((codec) => codec.matches(head, path));
}

function startsWith(head: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, at) => head[at] === byte);
}
