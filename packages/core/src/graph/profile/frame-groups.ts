import type { AllocationProfile, FrameIndex } from './allocation-profile.ts';
import { TupleTable } from './tuple-table.ts';

/** Frames that are shown as one. */
export interface FrameGroups {
  readonly count: number;
  /** Group of each frame. */
  readonly of: Uint32Array;
  /** The first frame of each group. */
  readonly frame: Uint32Array;
}

/** The group of what has none. */
export const NO_GROUP = 0xffffffff;

/**
 * By function: name and file, and where the lines of a profile are those at which functions begin, the place too, so that
 * two functions without a name are two.
 */
export function functionGroups(profile: AllocationProfile): FrameGroups {
  const { frames, lines } = profile;
  const table = new TupleTable();
  const placed = lines === 'function';
  return groupsOf(profile, (frame) =>
    table.intern(frames.function[frame], frames.file[frame], placed ? frames.line[frame] : 0, placed ? frames.column[frame] : 0),
  );
}

/** By line of code; what has no file by function instead. */
export function lineGroups(profile: AllocationProfile): FrameGroups {
  const { frames, names } = profile;
  const table = new TupleTable();
  const nowhere = names.intern('');
  return groupsOf(profile, (frame) => {
    const file = frames.file[frame];
    return table.intern(file, frames.line[frame], file === nowhere ? frames.function[frame] + 1 : 0, 0);
  });
}

/** `groupOf` numbers groups from 0 on, in the order in which it first meets them. */
function groupsOf({ frames }: AllocationProfile, groupOf: (frame: FrameIndex) => number): FrameGroups {
  const of = new Uint32Array(frames.count);
  const first = new Uint32Array(frames.count);
  let count = 0;
  for (let frame = 0; frame < frames.count; frame++) {
    of[frame] = groupOf(frame);
    if (of[frame] === count) first[count++] = frame;
  }
  return { count, of, frame: first.subarray(0, count) };
}

/** Sums of a column of stacks by their group. */
export function sumsOf(column: Float64Array, groupOf: Uint32Array, groupCount: number): Float64Array {
  const sums = new Float64Array(groupCount);
  for (let stack = 0; stack < column.length; stack++) if (groupOf[stack] !== NO_GROUP) sums[groupOf[stack]] += column[stack];
  return sums;
}

export function inOrder(column: Float64Array, order: Uint32Array): Float64Array {
  return Float64Array.from(order, (at) => column[at]);
}
