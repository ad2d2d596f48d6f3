import type { AllocationProfile, FrameIndex } from './allocation-profile.ts';
import { largestFirst } from './largest-first.ts';
import { TupleTable } from './tuple-table.ts';

/** What belongs to each function or line, as columns, the largest first; ties in the order of the file. Groups without a byte are left out. */
export interface ProfileTotals {
  readonly count: number;
  /** One frame that stands for the group. */
  readonly frame: Uint32Array;
  /** Allocated by the group itself. */
  readonly ownBytes: Float64Array;
  /** Allocated by it and by what it calls; recursion counts once. */
  readonly allBytes: Float64Array;
  /** Of the own bytes; undefined where the profile has none. */
  readonly counts: Float64Array | undefined;
}

export function totalBytes({ bytes }: AllocationProfile): number {
  return bytes.reduce((sum, value) => sum + value, 0);
}

export function totalCounts({ counts }: AllocationProfile): number | undefined {
  return counts?.reduce((sum, value) => sum + value, 0);
}

/**
 * By function: name and file, and where the lines of a profile are those at which functions begin, the place too, so that
 * two functions without a name are two.
 */
export function totalsByFunction(profile: AllocationProfile): ProfileTotals {
  const { frames, lines } = profile;
  const table = new TupleTable();
  const placed = lines === 'function';
  return totalsOf(
    profile,
    groupFrames(profile, (frame) =>
      table.intern(frames.function[frame], frames.file[frame], placed ? frames.line[frame] : 0, placed ? frames.column[frame] : 0),
    ),
  );
}

/** By line of code; what has no file by function instead. */
export function totalsByLine(profile: AllocationProfile): ProfileTotals {
  const { frames, names } = profile;
  const table = new TupleTable();
  const nowhere = names.intern('');
  return totalsOf(
    profile,
    groupFrames(profile, (frame) => {
      const file = frames.file[frame];
      return table.intern(file, frames.line[frame], file === nowhere ? frames.function[frame] + 1 : 0, 0);
    }),
  );
}

interface Groups {
  readonly count: number;
  /** Group of each frame. */
  readonly of: Uint32Array;
  /** The first frame of each group. */
  readonly frame: Uint32Array;
}

/** `groupOf` numbers groups from 0 on, in the order in which it first meets them. */
export function groupFrames({ frames }: AllocationProfile, groupOf: (frame: FrameIndex) => number): Groups {
  const of = new Uint32Array(frames.count);
  const first = new Uint32Array(frames.count);
  let count = 0;
  for (let frame = 0; frame < frames.count; frame++) {
    of[frame] = groupOf(frame);
    if (of[frame] === count) first[count++] = frame;
  }
  return { count, of, frame: first.subarray(0, count) };
}

function totalsOf(profile: AllocationProfile, groups: Groups): ProfileTotals {
  const { stacks, bytes, counts } = profile;
  const own = new Float64Array(groups.count);
  const ownCounts = new Float64Array(groups.count);
  for (let stack = 1; stack < stacks.count; stack++) {
    const group = groups.of[stacks.frame[stack]];
    own[group] += bytes[stack];
    if (counts !== undefined) ownCounts[group] += counts[stack];
  }
  const all = allBytesOf(profile, groups);
  const order = largestFirst(own, all);
  const sorted = (column: Float64Array) => Float64Array.from(order, (group) => column[group]);
  return {
    count: order.length,
    frame: Uint32Array.from(order, (group) => groups.frame[group]),
    ownBytes: sorted(own),
    allBytes: sorted(all),
    counts: counts === undefined ? undefined : sorted(ownCounts),
  };
}

/**
 * Of each group, the bytes of all stacks that it is somewhere on. A walk down and up the tree, without a stack of its own:
 * the outermost occurrence of a group takes the whole tree below it, those further in take nothing.
 */
function allBytesOf({ stacks, bytes }: AllocationProfile, groups: Groups): Float64Array {
  const { count, parent, frame } = stacks;
  const below = Float64Array.from(bytes);
  const firstChild = new Uint32Array(count);
  const nextSibling = new Uint32Array(count);
  for (let stack = count - 1; stack > 0; stack--) {
    below[parent[stack]] += below[stack];
    nextSibling[stack] = firstChild[parent[stack]];
    firstChild[parent[stack]] = stack;
  }
  const all = new Float64Array(groups.count);
  const occurrences = new Uint32Array(groups.count);
  let at = firstChild[0];
  while (at !== 0) {
    const group = groups.of[frame[at]];
    if (occurrences[group]++ === 0) all[group] += below[at];
    if (firstChild[at] !== 0) {
      at = firstChild[at];
      continue;
    }
    for (;;) {
      occurrences[groups.of[frame[at]]]--;
      if (nextSibling[at] !== 0 || parent[at] === 0) break;
      at = parent[at];
    }
    at = nextSibling[at];
  }
  return all;
}
