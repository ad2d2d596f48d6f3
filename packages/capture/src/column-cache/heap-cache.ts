import {
  dominatorSections,
  restoreDominators,
  type CacheKey,
  type DominatorTree,
  type HeapFormat,
  type LoadedHeap,
  type LoadOptions,
} from '@heaptrail/core';
import { whileUnchanged, type HeapFile } from '../heap-file/heap-file.ts';
import { addToColumnCache } from './add-to-column-cache.ts';
import { fileKey } from './file-key.ts';
import { openColumnCache, type OpenColumnCache } from './open-column-cache.ts';
import { saveColumnCache, type CacheSaved, type SaveOptions } from './save-column-cache.ts';

export interface HeapCacheOptions extends SaveOptions {
  /** Of the product: what another version computed is computed again. */
  readonly toolVersion: string;
}

/**
 * A heap file and the columns that were kept of it: loads from the one that is there, and keeps what had to be computed.
 * Holds the cache open until `close`, because the dominators are read from it when they are asked for.
 */
export class HeapCache {
  readonly #file: HeapFile;
  readonly #format: HeapFormat;
  readonly #options: HeapCacheOptions;
  #key: CacheKey = {};
  #loaded: LoadedHeap | undefined;
  #opened: OpenColumnCache | undefined;
  /** The dominators that the cache gave. */
  #keptTree: DominatorTree | undefined;

  constructor(file: HeapFile, format: HeapFormat, options: HeapCacheOptions) {
    this.#file = file;
    this.#format = format;
    this.#options = options;
  }

  /** The cache that the heap came from; undefined when it was read from the file itself. */
  get path(): string | undefined {
    return this.#opened?.path;
  }

  load(options: LoadOptions): LoadedHeap {
    const { shallowSizes, keepNames } = options;
    this.#key = {
      ...fileKey(this.#file),
      format: this.#format.id,
      tool: this.#options.toolVersion,
      shallowSizes,
      keepNames: String(keepNames),
    };
    return (this.#loaded = this.#restored() ?? whileUnchanged(this.#file, () => this.#format.load(this.#file.source, options)));
  }

  /**
   * Keeps the heap for the next time, and its dominators if they were computed: a cache without them gets them from the first
   * command that needs them. Undefined when the cache has it all already, or the format keeps none.
   */
  save(tree: DominatorTree | undefined): CacheSaved | undefined {
    const columnsOfTree = tree === undefined ? [] : dominatorSections(tree);
    if (this.#opened !== undefined) {
      if (tree === undefined || tree === this.#keptTree) return undefined;
      return addToColumnCache(this.#file, this.#opened, this.#key, columnsOfTree);
    }
    if (this.#loaded?.sections === undefined || !this.#loaded.whole) return undefined;
    return saveColumnCache(this.#file, this.#key, [...this.#loaded.sections(), ...columnsOfTree], this.#options);
  }

  close(): void {
    this.#opened?.close();
  }

  #restored(): LoadedHeap | undefined {
    if (this.#format.restore === undefined || this.#file.packed !== undefined) return undefined;
    const opened = openColumnCache(this.#file.path, this.#key, this.#options.folder);
    if (opened === undefined) return undefined;
    const heap = this.#heapOf(opened);
    if (heap === undefined) opened.close();
    else this.#opened = opened;
    return heap;
  }

  #heapOf({ sections }: OpenColumnCache): LoadedHeap | undefined {
    try {
      const heap = this.#format.restore?.(sections, this.#file.source);
      if (heap === undefined) return undefined;
      return { ...heap, tree: () => (this.#keptTree = restoreDominators(sections, heap.graph.nodeCount)) };
    } catch {
      // Whole by its checksums, and still not what this version writes: somebody made it up.
      return undefined;
    }
  }
}
