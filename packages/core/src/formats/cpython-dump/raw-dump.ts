import { GrowingFloat64, GrowingUint32 } from '../../graph/growing-column.ts';

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

export type RawRoot =
  | { readonly kind: 'module' | 'interpreter' | 'agent'; readonly name: string; readonly address: number }
  | {
      readonly kind: 'frame';
      readonly thread: string;
      readonly main: boolean;
      readonly depth: number;
      readonly function: string;
      readonly file: string;
      readonly line: number;
      readonly locals: readonly (readonly [string, number])[];
    };

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

/** How an EDGES block labels its targets. */
export const Labelling = { none: 0, index: 1, member: 2 } as const;
export const IMMORTAL = 0xffffffff;
export const HIDDEN_TEXT = 0xffff;

/** Edges of one block still in addresses: `owner` is a node, `count` targets of it follow one another. */
export interface RawEdges {
  readonly firstNode: number;
  readonly labelling: number;
  readonly counts: Uint32Array;
  readonly targets: Float64Array;
}

export interface RawPairs {
  readonly firstNode: number;
  readonly borrowed: boolean;
  readonly counts: Uint32Array;
  readonly keys: Float64Array;
  readonly values: Float64Array;
}

export interface RawLabels {
  readonly kind: number;
  readonly mode: number;
  readonly owners: Float64Array;
  readonly counts: Uint32Array;
  readonly nameIds: Uint32Array;
  readonly targets: Float64Array;
}

export interface RawTexts {
  readonly addresses: Float64Array;
  readonly hashes: Uint32Array;
  readonly lengths: Uint16Array;
  readonly bytes: Uint8Array;
}

export interface RawValues {
  readonly kind: number;
  readonly addresses: Float64Array;
  readonly values: Float64Array;
}

export interface AddressPairs {
  readonly from: Float64Array;
  readonly to: Float64Array;
}

/** Everything a dump file says, block by block, before addresses become nodes. */
export class RawDump {
  head: DumpHead | undefined;
  end: RawEnd | undefined;
  /** Why reading stopped before END; undefined for a whole file. */
  damage: string | undefined;
  readonly types: RawType[] = [];
  readonly typeOf = new GrowingUint32();
  readonly addresses = new GrowingFloat64();
  readonly sizes = new GrowingUint32();
  readonly refs = new GrowingUint32();
  readonly edges: RawEdges[] = [];
  readonly pairs: RawPairs[] = [];
  readonly labels: RawLabels[] = [];
  readonly names: string[] = [];
  readonly texts: RawTexts[] = [];
  readonly values: RawValues[] = [];
  readonly code: RawCode[] = [];
  readonly roots: RawRoot[] = [];
  readonly weak: AddressPairs[] = [];
  readonly siteFrames: (readonly [string, number])[] = [];
  readonly sites: (readonly number[])[] = [];
  readonly sited: { readonly addresses: Float64Array; readonly sites: Uint32Array }[] = [];
  readonly bounds: RawBound[] = [];
}
