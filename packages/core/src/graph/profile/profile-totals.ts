import type { AllocationProfile } from './allocation-profile.ts';
import { functionGroups, inOrder, lineGroups, NO_GROUP, sumsOf, type FrameGroups } from './frame-groups.ts';
import { largestFirst } from './largest-first.ts';

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
  /** Of the own bytes; undefined where the profile has none. */
  readonly variance: Float64Array | undefined;
}

export function totalBytes({ bytes }: AllocationProfile): number {
  return bytes.reduce((sum, value) => sum + value, 0);
}

export function totalCounts({ counts }: AllocationProfile): number | undefined {
  return counts?.reduce((sum, value) => sum + value, 0);
}

export function totalsByFunction(profile: AllocationProfile): ProfileTotals {
  return totalsOf(profile, functionGroups(profile));
}

export function totalsByLine(profile: AllocationProfile): ProfileTotals {
  return totalsOf(profile, lineGroups(profile));
}

function totalsOf(profile: AllocationProfile, groups: FrameGroups): ProfileTotals {
  const { stacks, bytes, counts, variance } = profile;
  const groupOf = stacks.frame.map((frame, stack) => (stack === 0 ? NO_GROUP : groups.of[frame]));
  const own = sumsOf(bytes, groupOf, groups.count);
  const all = allBytesOf(profile, groups);
  const order = largestFirst(own, all);
  return {
    count: order.length,
    frame: order.map((group) => groups.frame[group]),
    ownBytes: inOrder(own, order),
    allBytes: inOrder(all, order),
    counts: counts && inOrder(sumsOf(counts, groupOf, groups.count), order),
    variance: variance && inOrder(sumsOf(variance, groupOf, groups.count), order),
  };
}

/**
 * Of each group, the bytes of all stacks that it is somewhere on. A walk down and up the tree, without a stack of its own:
 * the outermost occurrence of a group takes the whole tree below it, those further in take nothing.
 */
function allBytesOf({ stacks, bytes }: AllocationProfile, groups: FrameGroups): Float64Array {
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
