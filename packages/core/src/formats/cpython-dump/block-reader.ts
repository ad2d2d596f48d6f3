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
  suspended: 17,
} as const;

export interface Block {
  readonly kind: number;
  /** Good until the next block, or longer if `isKept`; empty for a kind that was not asked for. */
  readonly payload: Uint8Array;
  /** The payload stays as it is until the second pass has read it. */
  readonly isKept: boolean;
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
  /** Payloads that a first look leaves for a second. */
  readonly kept: KeptPayloads;
  readonly step: ProgressStep['step'];
  readonly progress?: Progress;
}

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
 * The whole blocks of a dump, in order, up to END or to the first damage (`protocol/heap-dump.md`). Lengths are checked
 * against the file before anything is allocated.
 */
export class BlockReader {
  /** Why reading stopped: undefined after END. */
  damage: Damage | undefined;
  readonly #order: BlockOrder;
  readonly #file: FileWindow;
  readonly #mostUnpacked: number;
  #unpacked = 0;
  #offset = 8;
  #told = 0;
  #isOver = false;

  /** Throws HeapDumpError for what is no dump of this version. */
  constructor(order: BlockOrder) {
    this.#order = order;
    this.#file = new FileWindow(order.source);
    const { sizeBytes } = this.#file;
    this.#mostUnpacked = Math.max(ALWAYS_UNPACKED_BYTES, sizeBytes * MOST_UNPACKED);
    checkMagic(this.#file.at(0, Math.min(8, sizeBytes)) ?? NOTHING);
  }

  /** The next block, of any kind at a first look, of a wanted one at a second; undefined after the last. */
  next(): Block | undefined {
    const { kinds, isChecked, damage } = this.#order;
    while (!this.#isOver) {
      const offset = this.#offset;
      if (damage !== undefined && offset >= damage.offset) return this.#stop(damage);
      if (offset >= this.#file.sizeBytes) return this.#stop({ offset, text: 'the file has no END block' });
      if (offset >= this.#told) this.#tell();
      const frame = this.#frame(offset);
      if (typeof frame === 'string') return this.#stop({ offset, text: frame });
      const { kind } = frame;
      const payload = isChecked && !kinds.has(kind) ? undefined : (this.#order.kept.take(offset) ?? this.#payload(frame));
      if (typeof payload === 'string') return this.#stop({ offset, text: payload });
      this.#offset = offset + HEADER_BYTES + frame.storedLength;
      if (kind === BlockKind.end) this.#isOver = true;
      if (payload === undefined) continue;
      // What is stored as it is lies in the window, which moves on.
      const isKept = !isChecked && frame.codec !== 0 && this.#order.kept.keep(kind, offset, payload);
      return { kind, payload, offset, isKept };
    }
    return undefined;
  }

  #stop(damage: Damage): Block | undefined {
    this.damage = damage;
    this.#isOver = true;
    return undefined;
  }

  #tell(): void {
    const { step, progress = noProgress } = this.#order;
    progress({ step, done: this.#offset, total: this.#file.sizeBytes });
    this.#told = this.#offset + PROGRESS_BYTES;
  }

  /** The header of a block, or what is wrong with it. */
  #frame(offset: number): Frame | string {
    const header = this.#file.at(offset, HEADER_BYTES);
    if (header === undefined) return `the file ends inside a block header at byte ${offset}`;
    const storedLength = u32At(header, 4);
    const rawLength = u32At(header, 8);
    if (storedLength > MAX_PAYLOAD_BYTES || rawLength > MAX_PAYLOAD_BYTES) return `the block at byte ${offset} claims more than 64 MiB`;
    return { offset, kind: header[0], codec: header[1], storedLength, rawLength, checksum: u32At(header, 12) };
  }

  /** The payload of a block (empty where nobody wants it), or what is wrong with it. */
  #payload({ offset, kind, codec, storedLength, rawLength, checksum }: Frame): Uint8Array | string {
    const { kinds, isChecked, inflate } = this.#order;
    const stored = this.#file.at(offset + HEADER_BYTES, storedLength);
    if (stored === undefined) return `the file ends inside the block at byte ${offset}`;
    if (!isChecked && crc32(stored) !== checksum) return `the checksum of the block at byte ${offset} is wrong`;
    if (!kinds.has(kind)) return NOTHING;
    this.#unpacked += rawLength;
    if (this.#unpacked > this.#mostUnpacked) return `with the block at byte ${offset} it unpacks to more than ${this.#mostUnpacked} bytes`;
    return decode(codec, stored, rawLength, inflate) ?? `the block at byte ${offset} cannot be decoded`;
  }
}

interface Frame {
  readonly offset: number;
  readonly kind: number;
  readonly codec: number;
  readonly storedLength: number;
  readonly rawLength: number;
  readonly checksum: number;
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
