/** HEAD of a dump, as written. */
export interface DumpHead {
  readonly writer: string;
  readonly runtime: { readonly name: string; readonly version: string; readonly build?: string };
  readonly pid: number;
  readonly sequence: number;
  readonly takenAtMs: number;
  readonly mode: 'forked-child' | 'in-process';
  readonly text: 'identifiers' | 'all';
  readonly tracing: { readonly on: boolean; readonly frames: number; readonly sinceMs: number } | null;
}

export interface RawType {
  readonly index: number;
  readonly address: number;
  readonly module: string;
  readonly name: string;
  /** CPython's own type flags. */
  readonly flags?: number;
  readonly impliedTypeReference?: boolean;
}

export type RawRoot = { readonly kind: 'module' | 'interpreter' | 'agent'; readonly name: string; readonly address: number } | RawFrameRoot;

export interface RawFrameRoot {
  readonly kind: 'frame';
  readonly thread: string;
  readonly threadId?: number;
  readonly main: boolean;
  readonly depth: number;
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly locals: readonly (readonly [string, number])[];
  /** Address of the frame itself. */
  readonly frame?: number;
  /** What the running function refers to, one entry for each counted reference. */
  readonly holds?: readonly number[];
  readonly waitsIn?: string;
  readonly waitsOn?: number;
}

export interface RawEnd {
  readonly objects: number;
  readonly edges: number;
  readonly complete: boolean;
  readonly skipped?: Readonly<Record<string, number>>;
}

/** `[addr, file, firstLine, lastLine, qualifiedName, free variables]` */
export type RawCode = readonly [number, string, number, number, string, readonly string[]];
/** `[addr, name, limit, current]` */
export type RawBound = readonly [number, string, number, number];
/** `[file, line]` */
export type RawFrame = readonly [string, number];

/** How an EDGES block labels its targets. */
export const Labelling = { none: 0, index: 1, member: 2 } as const;
/** How a LABELS block names edges: those that an EDGES block has, or new ones. */
export const LabelMode = { existing: 0, counted: 1, borrowed: 2 } as const;
/** A reference count: immortal, or not known. */
export const IMMORTAL = 0xffffffff;
export const HIDDEN_TEXT = 0xffff;
