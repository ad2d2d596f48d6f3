import { frameAt, type AllocationProfile, type FrameIndex } from './allocation-profile.ts';
import { largestFirst } from './largest-first.ts';
import { groupFrames } from './profile-totals.ts';
import { TupleTable } from './tuple-table.ts';

/** What each line of the program itself is the cause of, as columns, the largest first; every byte belongs to one line at most. */
export interface ProgramLines {
  readonly count: number;
  readonly frame: Uint32Array;
  readonly bytes: Float64Array;
  /** Undefined where the profile has none. */
  readonly counts: Float64Array | undefined;
  /** Of stacks on which there is no code of the program. */
  readonly elsewhereBytes: number;
}

/**
 * Bytes by the innermost line of each stack that is neither of the runtime nor of a package: the line somebody can change.
 * Linear: each stack takes over what its caller has found.
 */
export function programLines(profile: AllocationProfile): ProgramLines {
  const { stacks, frames, bytes, counts } = profile;
  const table = new TupleTable();
  const groups = groupFrames(profile, (frame) => table.intern(frames.file[frame], frames.line[frame], 0, 0));
  const own = ownFrames(profile);
  const lineOf = new Uint32Array(stacks.count).fill(NONE);
  const lineBytes = new Float64Array(groups.count);
  const lineCounts = new Float64Array(groups.count);
  let elsewhereBytes = bytes[0];
  for (let stack = 1; stack < stacks.count; stack++) {
    const frame = stacks.frame[stack];
    const line = own[frame] === 1 ? groups.of[frame] : lineOf[stacks.parent[stack]];
    lineOf[stack] = line;
    if (line === NONE) {
      elsewhereBytes += bytes[stack];
    } else {
      lineBytes[line] += bytes[stack];
      if (counts !== undefined) lineCounts[line] += counts[stack];
    }
  }
  const order = largestFirst(lineBytes);
  return {
    count: order.length,
    frame: Uint32Array.from(order, (line) => groups.frame[line]),
    bytes: Float64Array.from(order, (line) => lineBytes[line]),
    counts: counts === undefined ? undefined : Float64Array.from(order, (line) => lineCounts[line]),
    elsewhereBytes,
  };
}

/** No line: the stack has only frames of runtime and libraries so far. */
const NONE = 0xffffffff;

/** One byte a frame: 1 for the program's own. */
function ownFrames(profile: AllocationProfile): Uint8Array {
  const own = new Uint8Array(profile.frames.count);
  for (let frame: FrameIndex = 0; frame < own.length; frame++) own[frame] = profile.isLibraryFrame(frameAt(profile, frame)) ? 0 : 1;
  return own;
}
