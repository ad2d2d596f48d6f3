import type { DominatorTree } from '../graph/dominators/index.ts';
import type { HeapGraph } from '../graph/heap-graph.ts';
import type { Progress } from '../graph/progress.ts';
import type { ByteSource } from './byte-source.ts';
import type { Section, Sections } from './column-cache/index.ts';
import type { Inflate } from './cpython-dump/block-reader.ts';

/** One format of heap files. Listed by hand in `formats/index.ts`; see `docs/adding-a-format.md`. */
export interface HeapFormat {
  readonly id: string;
  /** As written in messages: "V8 heap snapshot". */
  readonly title: string;
  /** Decides by the first bytes of a file (at most 4096) alone. */
  recognises(head: Uint8Array): boolean;
  /** Throws HeapFileError for a file that cannot be read as one of this format; a damaged one that can, loads with `gaps`. */
  load(source: ByteSource, options: LoadOptions): LoadedHeap;
  /**
   * Makes a heap again from the columns that `LoadedHeap.sections` gave, reading nothing but names from the file. Undefined
   * when they are not whole. Formats without it are read anew each time.
   */
  restore?(sections: Sections, source: ByteSource): LoadedHeap | undefined;
}

export interface LoadOptions {
  readonly inflate: Inflate;
  /** `owner` moves the bytes of internal tables to the object that owns them, as DevTools does; `raw` leaves them where the file has them. */
  readonly shallowSizes: 'owner' | 'raw';
  /** Keeps names of references in memory (4 bytes each) instead of reading them back: for whoever asks for most of them. */
  readonly keepNames: boolean;
  readonly progress: Progress;
}

export interface LoadedHeap {
  readonly graph: HeapGraph;
  readonly format: string;
  readonly runtime: { readonly name: string; readonly version: string | undefined };
  /** When the heap was written, where the file says so. */
  readonly takenAtMs: number | undefined;
  /** False when the file was cut off, or its writer had to leave something out; `graph.gaps` says what. */
  readonly whole: boolean;
  /** What a column cache keeps of this heap, for `HeapFormat.restore`. */
  readonly sections?: () => readonly Section[];
  /** The dominators as a column cache kept them; undefined when they have to be computed. */
  readonly tree?: () => DominatorTree | undefined;
}
