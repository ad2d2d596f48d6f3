import type { SiteFrame } from '../heap-graph.ts';
import type { NameTable } from '../name-table.ts';

/** Index of a call stack in one profile. Stack 0 is the empty one. */
export type StackIndex = number;

/** Index of a place in code in one profile. */
export type FrameIndex = number;

/**
 * How much was allocated, by call stack: the one model for every format that knows stacks and no objects. Columns
 * (structure of arrays); immutable once built. Stacks are a tree, for most of them share their outer frames, and real ones
 * are deep: walk it by index, never by recursion.
 */
export interface AllocationProfile {
  readonly names: NameTable;
  readonly frames: FrameColumns;
  readonly stacks: StackColumns;
  /** Allocated by the innermost frame of each stack itself, one per stack; fractions where they are estimates. */
  readonly bytes: Float64Array;
  /** One per stack: allocations where `basis` is `counted`, samples where it is `sampled`. Undefined where the file has none. */
  readonly counts: Float64Array | undefined;
  /** Variance of each stack's bytes, in bytes², where they are estimates and the file says enough to tell; sums of stacks have the sum. */
  readonly variance: Float64Array | undefined;
  /** `counted`: every allocation was seen. `sampled`: a few were, and bytes are estimates of all of them. */
  readonly basis: 'counted' | 'sampled';
  /** `live`: what was still there when the profile was written. `all`: what is gone counts too. `unknown`: the file does not say which. */
  readonly scope: 'live' | 'all' | 'unknown';
  /** Whether a frame's line is that of the allocation or call, or that where its function begins. */
  readonly lines: 'statement' | 'function';
  /** True for frames of the runtime, its library and installed packages: seldom the line to mend. */
  isLibraryFrame(frame: SiteFrame): boolean;
  /** What the file could not tell. Plain sentences, shown in reports. */
  readonly gaps: readonly string[];
}

/** Places in code; no two are equal. */
export interface FrameColumns {
  readonly count: number;
  /** Ids in `names`. */
  readonly function: Uint32Array;
  /** Ids in `names`; that of the empty text where the code has no file. */
  readonly file: Uint32Array;
  /** From 1 on; 0 where it is not known. */
  readonly line: Uint32Array;
  /** From 1 on, in UTF-16 units; 0 where it is not known. */
  readonly column: Uint32Array;
}

/** A stack is a frame below another stack. */
export interface StackColumns {
  readonly count: number;
  /** The stack of the caller, always less than the stack itself; 0 for stack 0. */
  readonly parent: Uint32Array;
  /** The innermost frame; without meaning for stack 0. */
  readonly frame: Uint32Array;
}

/** One frame as everything else shows it. */
export function frameAt({ names, frames }: AllocationProfile, frame: FrameIndex): SiteFrame {
  const column = frames.column[frame];
  const known = { function: names.text(frames.function[frame]), file: names.text(frames.file[frame]), line: frames.line[frame] };
  return column === 0 ? known : { ...known, column };
}

/** The frames of a stack, innermost first, at most `limit` of them. */
export function framesOf(profile: AllocationProfile, stack: StackIndex, limit: number): SiteFrame[] {
  const { parent, frame } = profile.stacks;
  const found: SiteFrame[] = [];
  for (let at = stack; at !== 0 && found.length < limit; at = parent[at]) found.push(frameAt(profile, frame[at]));
  return found;
}

/** How many frames a stack has. */
export function depthOf({ stacks: { parent } }: AllocationProfile, stack: StackIndex): number {
  let depth = 0;
  for (let at = stack; at !== 0; at = parent[at]) depth++;
  return depth;
}
