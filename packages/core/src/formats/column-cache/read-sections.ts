import type { ByteSource } from '../byte-source.ts';
import type { CacheKey } from './cache-key.ts';
import { decodeHead, HEAD_BYTES } from './cache-head.ts';
import { newColumn, type Column, type ColumnByKind, type ColumnKind } from './column.ts';
import { decodeDirectory, type Entry } from './directory.ts';
import { piecesOf, type Checksum } from './pieces.ts';

/**
 * Opens a cache that `writeSections` wrote. Undefined when it is of another file or other options (the key), of another
 * version, cut off or damaged: whoever asked builds what it needs again. Never throws for what the bytes are, and never
 * allocates more than there are bytes.
 */
export function readSections(source: ByteSource, key: CacheKey, checksum: Checksum): Sections | undefined {
  if (source.sizeBytes < HEAD_BYTES) return undefined;
  const headBytes = new Uint8Array(HEAD_BYTES);
  if (source.read(headBytes, 0) < HEAD_BYTES) return undefined;
  const head = decodeHead(headBytes, checksum);
  if (head?.sizeBytes !== source.sizeBytes || head.directoryAt + head.directoryBytes !== source.sizeBytes) return undefined;
  const bytes = new Uint8Array(head.directoryBytes);
  if (source.read(bytes, head.directoryAt) < bytes.length || checksum(bytes, 0) !== head.directoryChecksum) return undefined;
  const entryByName = decodeDirectory(bytes, key, head.directoryAt);
  return entryByName === undefined ? undefined : new Sections(source, head.sizeBytes, entryByName, checksum);
}

/** The columns of one cache, each read when it is asked for. What comes back is whole: its checksum was right. */
export class Sections {
  /** Of the whole cache, when it was opened. */
  readonly sizeBytes: number;
  readonly #source: ByteSource;
  readonly #entryByName: ReadonlyMap<string, Entry>;
  readonly #checksum: Checksum;

  constructor(source: ByteSource, sizeBytes: number, entryByName: ReadonlyMap<string, Entry>, checksum: Checksum) {
    this.sizeBytes = sizeBytes;
    this.#source = source;
    this.#entryByName = entryByName;
    this.#checksum = checksum;
  }

  get names(): readonly string[] {
    return [...this.#entryByName.keys()];
  }

  /** Where the columns lie, for whoever adds some. */
  get entries(): readonly Entry[] {
    return [...this.#entryByName.values()];
  }

  /**
   * A column of a given kind, and length when one is given; undefined when the cache has none such, or a damaged one. A
   * fresh array each time.
   */
  column<Kind extends ColumnKind>(name: string, kinds: Kind | readonly Kind[], length?: number): ColumnByKind[Kind] | undefined {
    const entry = this.#entryByName.get(name);
    const wanted: readonly ColumnKind[] = typeof kinds === 'string' ? [kinds] : kinds;
    if (entry === undefined || !wanted.includes(entry.kind) || (length !== undefined && entry.length !== length)) return undefined;
    return this.#read(entry) as ColumnByKind[Kind] | undefined;
  }

  /** What `jsonSection` kept; undefined when there is none. Its shape is for the caller to check. */
  json(name: string): unknown {
    const bytes = this.column(name, 'u8');
    if (bytes === undefined) return undefined;
    try {
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      return undefined;
    }
  }

  #read(entry: Entry): Column | undefined {
    const column = newColumn(entry.kind, entry.length);
    let { position } = entry;
    let sum = 0;
    for (const piece of piecesOf(column)) {
      if (this.#source.read(piece, position) < piece.length) return undefined;
      sum = this.#checksum(piece, sum);
      position += piece.length;
    }
    return sum === entry.checksum ? column : undefined;
  }
}
