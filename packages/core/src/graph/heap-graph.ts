import type { Anchors } from './anchors.ts';
import type { EdgeLabel } from './edge-label.ts';
import type { Language } from './language.ts';
import type { NameTable } from './name-table.ts';
import type { PairedReferences } from './paired-references.ts';

/** Index of an object in the columns of one graph. Not an identity between two dumps: that is the address, where there is one. */
export type NodeIndex = number;

/**
 * The objects of one heap at one moment, as columns (structure of arrays, CSR edges). Immutable once built. Nodes have no
 * particular order that a reader may rely on (loaders choose one that keeps neighbours near each other, for speed); edges
 * of one node keep the order in which the object holds them. An object view exists only while somebody looks at it.
 */
export interface HeapGraph {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Index into `types`, one per node. */
  readonly typeOf: Uint32Array;
  /** Size of the object alone, one per node; doubles only where an object of 4 GiB or more is in the heap. */
  readonly shallowBytes: Uint32Array | Float64Array;
  /** What tells objects apart from dump to dump: the memory address (below 2^53; reused after the object's death), or V8's object id (never reused). */
  readonly address: Float64Array | Uint32Array;
  /** nodeCount + 1 entries: edges of node n are `firstEdge[n] .. firstEdge[n + 1]`. */
  readonly firstEdge: Uint32Array;
  readonly edgeTarget: Uint32Array;
  /** One per edge; see `EdgeFlag`. */
  readonly edgeFlags: Uint8Array;
  readonly edgeLabels: EdgeLabels;
  readonly types: readonly HeapType[];
  readonly names: NameTable;
  /** What holds the heap, for those who read: named, in the order of preference. */
  readonly roots: readonly Root[];
  /** What holds the heap, for exact algorithms: complete. */
  readonly anchors: Anchors;
  /** References that count only both together, if there are any. */
  readonly pairs?: PairedReferences;
  readonly weak: WeakReferences;
  /** References that come from outside the graph, where the runtime counts references; left out where it does not, or where the counts cannot be trusted. */
  readonly outside?: OutsideReferences;
  readonly texts: NodeTexts;
  readonly values: NodeValues;
  readonly sites: AllocationSites;
  /** Where functions are written; left out where the file does not say. */
  readonly written?: WrittenPlaces;
  readonly language: Language;
  /** What the dump could not tell; empty for a whole one. Plain sentences, shown in reports. */
  readonly gaps: readonly string[];
}

/** Names of references. May be slow (read back from the file): for what is shown or walked once, not for algorithms. */
export interface EdgeLabels {
  at(edge: number): EdgeLabel;
  /** True where each label is read back from the file: in the order of edges that costs as much as loading them, out of order far more. */
  readonly areInFile?: boolean;
}

export interface HeapType {
  readonly module: string;
  /** Qualified name within the module. */
  readonly name: string;
  /** As the language writes it: `dict`, `weakref.finalize`. */
  readonly displayName: string;
}

/** What keeps objects alive from outside the graph, in the order in which paths prefer it. */
export type Root =
  /** The global object of a page or realm: where a program's own names live. */
  | { readonly kind: 'global'; readonly node: NodeIndex; readonly name: string }
  | { readonly kind: 'module'; readonly node: NodeIndex; readonly name: string }
  | { readonly kind: 'frame'; readonly node: NodeIndex; readonly name: string; readonly frame: FrameRoot }
  | { readonly kind: 'interpreter'; readonly node: NodeIndex; readonly name: string }
  /** Held by native code or the runtime itself: named where the runtime names it, else ('') known by arithmetic on reference counts. */
  | { readonly kind: 'native'; readonly node: NodeIndex; readonly name: string }
  /** heaptrail's own objects, which no analysis should see. */
  | { readonly kind: 'agent'; readonly node: NodeIndex; readonly name: string };

/** A local variable of a running function. */
export interface FrameRoot {
  readonly thread: string;
  /** The runtime's own number of the thread, where it is known: names may be the same. */
  readonly threadId?: number;
  readonly function: string;
  readonly file: string;
  readonly line: number;
}

/** Parallel columns: `source[i]` is a weak reference object, `target[i]` what it points to without holding it. */
export interface WeakReferences {
  readonly source: Uint32Array;
  readonly target: Uint32Array;
}

/**
 * Parallel columns, by ascending node: object `node[i]` has `references[i]` references (1 or more) that no object of the
 * graph accounts for. They belong to native code, or to a running function. Objects that never die are left out.
 */
export interface OutsideReferences {
  readonly node: Uint32Array;
  readonly references: Uint32Array;
}

/** Texts of nodes that are used as keys; undefined for all others. Redacted texts come as they are to be shown. */
export interface NodeTexts {
  text(node: NodeIndex): string | undefined;
}

/** Small values (numbers, booleans) of nodes that an attribute, key or local reaches. */
export interface NodeValues {
  value(node: NodeIndex): number | boolean | undefined;
}

export interface SiteFrame {
  readonly function: string;
  readonly file: string;
  /** From 1 on; 0 where it is not known. */
  readonly line: number;
  /** From 1 on, in UTF-16 units; left out where it is not known. A line of compiled code means little without it. */
  readonly column?: number;
}

/** Where objects were allocated, for those whose allocation was traced. */
export interface AllocationSites {
  /** True when allocations were being traced at the time of the dump. */
  readonly traced: boolean;
  readonly siteCount: number;
  /** Index of the site of a node, or -1. */
  siteOf(node: NodeIndex): number;
  /** Innermost frame first. */
  frames(site: number): readonly SiteFrame[];
}

export interface WrittenPlaces {
  /** Of a function; undefined for what has no place. */
  frameOf(node: NodeIndex): SiteFrame | undefined;
}

export type { EdgeLabel };
