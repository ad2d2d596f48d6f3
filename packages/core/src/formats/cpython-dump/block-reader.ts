import type { ByteSource } from '../byte-source.ts';
import { noProgress, type Progress, type ProgressStep } from '../../graph/progress.ts';
import { crc32 } from './crc32.ts';
import { HeapDumpError } from './dump-error.ts';
import { FileWindow } from './file-window.ts';
import type { KeptPayloads } from './kept-payloads.ts';

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
  /** Good until the next block; empty for a kind that was not asked for. */
  readonly payload: Uint8Array;
  /** Where the block starts in the file, for messages. */
  readonly offset: number;
}

/** Where and why reading stopped before END. */
export interface Damage {
  readonly offset: number;
  readonly text: string;
}

export interface BlockOrder {
  readonly source: ByteSource;
  readonly inflate: Inflate;
  /** Kinds to decode. */
  readonly kinds: ReadonlySet<number>;
  /** Damage that is known already: what comes after it does not count. */
  readonly damage?: Damage | undefined;
  /** True for a second look at blocks whose checksums are known to be right. */
  readonly isChecked: boolean;
  /** What an earlier look has decoded. */
  readonly kept: KeptPayloads;
  readonly step: ProgressStep['step'];
  readonly progress?: Progress;
}

/** Kinds that both passes over a dump look into. */
const OF_BOTH_LOOKS: ReadonlySet<number> = new Set([BlockKind.atoms, BlockKind.edges, BlockKind.pairs]);

const MAGIC = 'HTHEAP';
const HEADER_BYTES = 16;
const MAX_PAYLOAD_BYTES = 64 * 2 ** 20;
/** No real heap packs better than 1 : 30 as a whole; single lists of one value do. */
const MOST_UNPACKED = 200;
const ALWAYS_UNPACKED_BYTES = 2 ** 30;
const NOTHING = new Uint8Array();
/** About a third of a million objects. */
const PROGRESS_BYTES = 4 * 2 ** 20;

/** True for the first bytes of a dump, of whatever version. */
export function isDump(head: Uint8Array): boolean {
  return String.fromCharCode(...head.subarray(0, MAGIC.length)) === MAGIC;
}

/**
 * The whole blocks of a dump, in order, up to END or to the first damage (`protocol/heap-dump.md`). Returns why it
 * stopped: undefined after END. Lengths are checked against the file before anything is allocated.
 */
export function* readBlocks(order: BlockOrder): Generator<Block, Damage | undefined> {
  const { source, kinds, damage, isChecked, step, progress = noProgress } = order;
  const file = new FileWindow(source);
  checkMagic(file.at(0, Math.min(8, file.sizeBytes)) ?? NOTHING);
  const mostUnpacked = Math.max(ALWAYS_UNPACKED_BYTES, file.sizeBytes * MOST_UNPACKED);
  let unpacked = 0;
  let offset = 8;
  let told = 0;
  const stop = (text: string): Damage => ({ offset, text });
  while (offset < file.sizeBytes) {
    if (damage !== undefined && offset >= damage.offset) return damage;
    if (offset >= told) {
      progress({ step, done: offset, total: file.sizeBytes });
      told = offset + PROGRESS_BYTES;
    }
    const header = file.at(offset, HEADER_BYTES);
    if (header === undefined) return stop(`the file ends inside a block header at byte ${offset}`);
    const kind = header[0];
    const codec = header[1];
    const storedLength = u32At(header, 4);
    const rawLength = u32At(header, 8);
    const checksum = u32At(header, 12);
    if (storedLength > MAX_PAYLOAD_BYTES || rawLength > MAX_PAYLOAD_BYTES)
      return stop(`the block at byte ${offset} claims more than 64 MiB`);
    const start = offset + HEADER_BYTES;
    const isWanted = kinds.has(kind);
    if (isWanted) unpacked += rawLength;
    if (unpacked > mostUnpacked) return stop(`with the block at byte ${offset} it unpacks to more than ${mostUnpacked} bytes`);
    if (!isChecked || isWanted) {
      let payload = isChecked ? order.kept.take(offset) : undefined;
      if (payload === undefined) {
        const stored = file.at(start, storedLength);
        if (stored === undefined) return stop(`the file ends inside the block at byte ${offset}`);
        if (!isChecked && crc32(stored) !== checksum) return stop(`the checksum of the block at byte ${offset} is wrong`);
        payload = isWanted ? decode(codec, stored, rawLength, order.inflate) : NOTHING;
        if (payload === undefined) return stop(`the block at byte ${offset} cannot be decoded`);
        if (!isChecked && codec === 1 && OF_BOTH_LOOKS.has(kind)) order.kept.keep(offset, payload);
      }
      yield { kind, payload, offset };
    }
    if (kind === BlockKind.end) return undefined;
    offset = start + storedLength;
  }
  return stop('the file has no END block');
}

function u32At(bytes: Uint8Array, at: number): number {
  return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;
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

function checkMagic(start: Uint8Array): void {
  const head = String.fromCharCode(...start);
  if (!isDump(start)) {
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
