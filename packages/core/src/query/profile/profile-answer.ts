import {
  depthOf,
  frameAt,
  framesOf,
  programLines,
  topStacks,
  totalBytes,
  totalCounts,
  totalsByFunction,
  type AllocationProfile,
} from '../../graph/profile/index.ts';
import type { SiteFrame } from '../../graph/heap-graph.ts';
import type { LoadedProfile } from '../../formats/profile-format.ts';
import type {
  ProfileAmount,
  ProfileAnswer,
  ProfileFrame,
  ProfileFunctionRow,
  ProfileLineRow,
  ProfileStackRow,
  ProfileSummary,
  ProfileTop,
} from '../../report/index.ts';

/** Frames of a stack that are listed; real ones have thousands where something calls itself. */
const FRAMES_LISTED = 64;

/** What the file is and how much it holds. */
export function profileSummary(
  { profile, format, runtime, whole }: LoadedProfile,
  file: { readonly path: string; readonly sizeBytes: number },
): ProfileSummary {
  return {
    file: file.path,
    fileBytes: file.sizeBytes,
    format,
    runtime: { name: runtime.name, version: runtime.version ?? null },
    basis: profile.basis,
    scope: profile.scope,
    lines: profile.lines,
    totalBytes: totalBytes(profile),
    counts: totalCounts(profile) ?? null,
    functions: totalsByFunction(profile).count,
    stacks: topStacks(profile).length,
    whole,
    gaps: profile.gaps,
  };
}

/** Where memory was allocated: the `limit` largest lines of the program, functions and stacks. */
export function profileAnswer(profile: AllocationProfile, limit: number): ProfileAnswer {
  const view = new Views(profile);
  const lines = programLines(profile);
  return {
    lines: { ...top(lines.bytes, limit, (row) => view.line(lines, row)), elsewhereBytes: lines.elsewhereBytes },
    functions: view.functions(limit),
    stacks: view.stacks(limit),
  };
}

function top<Row>(bytes: Float64Array, limit: number, rowAt: (row: number) => Row): ProfileTop<Row> {
  const shown = Math.min(limit, bytes.length);
  const rest = { rows: bytes.length - shown, bytes: bytes.subarray(shown).reduce((sum, value) => sum + value, 0) };
  return { rows: Array.from({ length: shown }, (_, row) => rowAt(row)), rest };
}

class Views {
  readonly #profile: AllocationProfile;
  readonly #total: number;

  constructor(profile: AllocationProfile) {
    this.#profile = profile;
    this.#total = totalBytes(profile);
  }

  line({ frame, bytes, counts, variance }: ReturnType<typeof programLines>, row: number): ProfileLineRow {
    return { ...this.#amount(bytes[row], counts?.[row], variance?.[row]), at: this.#frame(frameAt(this.#profile, frame[row])) };
  }

  functions(limit: number): ProfileTop<ProfileFunctionRow> {
    const { frame, ownBytes, allBytes, counts, variance } = totalsByFunction(this.#profile);
    const allocating = ownBytes.findLastIndex((bytes) => bytes > 0) + 1;
    return top(ownBytes.subarray(0, allocating), limit, (row) => ({
      ...this.#amount(ownBytes[row], counts?.[row], variance?.[row]),
      at: this.#frame(frameAt(this.#profile, frame[row])),
      withCalleesBytes: allBytes[row],
      withCalleesShare: this.#share(allBytes[row]),
    }));
  }

  stacks(limit: number): ProfileTop<ProfileStackRow> {
    const { bytes, counts, variance } = this.#profile;
    const order = topStacks(this.#profile);
    return top(
      Float64Array.from(order, (stack) => bytes[stack]),
      limit,
      (row) => {
        const stack = order[row];
        const frames = framesOf(this.#profile, stack, FRAMES_LISTED).map((frame) => this.#frame(frame));
        return {
          ...this.#amount(bytes[stack], counts?.[stack], variance?.[stack]),
          frames,
          moreFrames: depthOf(this.#profile, stack) - frames.length,
        };
      },
    );
  }

  #frame(frame: SiteFrame): ProfileFrame {
    const { function: name, file, line, column } = frame;
    return { function: name, file, line, column: column ?? null, library: this.#profile.isLibraryFrame(frame) };
  }

  #amount(bytes: number, counts: number | undefined, variance: number | undefined): ProfileAmount {
    const error = variance === undefined || variance === 0 || bytes === 0 ? null : errorOf(bytes, variance);
    return { bytes, share: this.#share(bytes), counts: counts ?? null, error };
  }

  #share(bytes: number): number {
    return this.#total === 0 ? 0 : bytes / this.#total;
  }
}

/** Half of the interval in which an estimate lies in 19 cases of 20, as a part of it. */
function errorOf(bytes: number, variance: number): number {
  return Math.min(1, (1.96 * Math.sqrt(variance)) / bytes);
}
