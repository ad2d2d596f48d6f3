import { frameAt, type AllocationProfile, type FrameIndex } from './allocation-profile.ts';
import { functionGroups, inOrder, lineGroups, NO_GROUP, sumsOf } from './frame-groups.ts';
import { largestFirst } from './largest-first.ts';

/** What each line of the program itself is the cause of, as columns, the largest first; every byte belongs to one line at most. */
export interface ProgramLines {
  readonly count: number;
  readonly frame: Uint32Array;
  readonly bytes: Float64Array;
  /** Undefined where the profile has none. */
  readonly counts: Float64Array | undefined;
  /** Undefined where the profile has none. */
  readonly variance: Float64Array | undefined;
  /** Of stacks on which there is no code of the program. */
  readonly elsewhereBytes: number;
}

/**
 * Bytes by the innermost line of each stack that is neither of the runtime nor of a package: the line somebody can change. Where a
 * profile only knows at which line a function begins, by function. Linear: each stack takes over what its caller has found.
 */
export function programLines(profile: AllocationProfile): ProgramLines {
  const { stacks, bytes, counts, variance, lines } = profile;
  const groups = lines === 'function' ? functionGroups(profile) : lineGroups(profile);
  const own = ownFrames(profile);
  const lineOf = new Uint32Array(stacks.count).fill(NO_GROUP);
  let elsewhereBytes = bytes[0];
  for (let stack = 1; stack < stacks.count; stack++) {
    const frame = stacks.frame[stack];
    lineOf[stack] = own[frame] === 1 ? groups.of[frame] : lineOf[stacks.parent[stack]];
    if (lineOf[stack] === NO_GROUP) elsewhereBytes += bytes[stack];
  }
  const lineBytes = sumsOf(bytes, lineOf, groups.count);
  const order = largestFirst(lineBytes);
  return {
    count: order.length,
    frame: order.map((line) => groups.frame[line]),
    bytes: inOrder(lineBytes, order),
    counts: counts && inOrder(sumsOf(counts, lineOf, groups.count), order),
    variance: variance && inOrder(sumsOf(variance, lineOf, groups.count), order),
    elsewhereBytes,
  };
}

/** One byte a frame: 1 for the program's own. */
function ownFrames(profile: AllocationProfile): Uint8Array {
  const own = new Uint8Array(profile.frames.count);
  for (let frame: FrameIndex = 0; frame < own.length; frame++) own[frame] = profile.isLibraryFrame(frameAt(profile, frame)) ? 0 : 1;
  return own;
}
