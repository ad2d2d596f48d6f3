import { crc32 } from './crc32.ts';
import { HeapDumpError } from './dump-error.ts';

/** Decodes a zlib stream to at most `rawLength` bytes, or throws. Handed in: the core has no codec of its own. */
export type Inflate = (stored: Uint8Array, rawLength: number) => Uint8Array;

export const BlockKind = {
  head: 1,
  type: 2,
  text: 3,
  atoms: 4,
  edges: 5,
  pairs: 6,
  name: 7,
  labels: 8,
  values: 9,
  code: 10,
  roots: 11,
  weak: 12,
  sites: 13,
  sited: 14,
  bounds: 15,
  end: 16,
} as const;

export interface Block {
  readonly kind: number;
  readonly payload: Uint8Array;
  /** Where the block starts in the file, for messages. */
  readonly offset: number;
}

const MAGIC = 'HTHEAP';
const HEADER_BYTES = 16;
const MAX_PAYLOAD_BYTES = 64 * 2 ** 20;

/**
 * The whole blocks of a dump, in order, up to END or to the first damage (`protocol/heap-dump.md`). Returns why it
 * stopped: undefined after END. Lengths are checked against the file before anything is allocated.
 */
export function* readBlocks(file: Uint8Array, inflate: Inflate): Generator<Block, string | undefined> {
  checkMagic(file);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let offset = 8;
  while (offset < file.length) {
    if (offset + HEADER_BYTES > file.length) return `the file ends inside a block header at byte ${offset}`;
    const kind = view.getUint8(offset);
    const codec = view.getUint8(offset + 1);
    const storedLength = view.getUint32(offset + 4, true);
    const rawLength = view.getUint32(offset + 8, true);
    if (storedLength > MAX_PAYLOAD_BYTES || rawLength > MAX_PAYLOAD_BYTES) return `the block at byte ${offset} claims more than 64 MiB`;
    const start = offset + HEADER_BYTES;
    if (start + storedLength > file.length) return `the file ends inside the block at byte ${offset}`;
    const stored = file.subarray(start, start + storedLength);
    if (crc32(stored) !== view.getUint32(offset + 12, true)) return `the checksum of the block at byte ${offset} is wrong`;
    const payload = decode(codec, stored, rawLength, inflate);
    if (payload === undefined) return `the block at byte ${offset} cannot be decoded`;
    yield { kind, payload, offset };
    if (kind === BlockKind.end) return undefined;
    offset = start + storedLength;
  }
  return 'the file has no END block';
}

function decode(codec: number, stored: Uint8Array, rawLength: number, inflate: Inflate): Uint8Array | undefined {
  if (codec === 0) return stored.length === rawLength ? stored : undefined;
  if (codec !== 1) return undefined;
  try {
    const raw = inflate(stored, rawLength);
    return raw.length === rawLength ? raw : undefined;
  } catch {
    return undefined;
  }
}

function checkMagic(file: Uint8Array): void {
  const head = String.fromCharCode(...file.subarray(0, 8));
  if (!head.startsWith(MAGIC)) {
    throw new HeapDumpError(
      'HEAPTRAIL_DUMP_FOREIGN',
      `expected a heaptrail heap dump, which starts with "${MAGIC}", found ${JSON.stringify(head)}`,
    );
  }
  if (head !== `${MAGIC}1\n`) {
    throw new HeapDumpError(
      'HEAPTRAIL_DUMP_VERSION',
      `this heaptrail reads heap dumps of version 1, found ${JSON.stringify(head.slice(MAGIC.length))}: use the heaptrail that wrote it, or a newer one`,
    );
  }
}
