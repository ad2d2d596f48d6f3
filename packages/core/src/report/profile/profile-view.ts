/** Of every document about an allocation profile. Fields may be added under it; nothing is renamed or changes its meaning without a new number. */
export const PROFILE_SCHEMA = 'heaptrail-profile/1';

/** What a profile holds in all; stands at the head of every answer about it. */
export interface ProfileSummary {
  readonly file: string;
  readonly fileBytes: number;
  /** Id of the format: `heapprofile`. */
  readonly format: string;
  readonly runtime: { readonly name: string; readonly version: string | null };
  /** `counted`: every allocation was seen. `sampled`: a few were, and all bytes are estimates. */
  readonly basis: 'counted' | 'sampled';
  /** `live`: what was still there when the profile was written. `all`: what is gone counts too. `unknown`: the file does not say. */
  readonly scope: 'live' | 'all' | 'unknown';
  /** Whether lines are those of the allocation or call, or those where functions begin. */
  readonly lines: 'statement' | 'function';
  readonly totalBytes: number;
  /** Samples or allocations, as `basis` says; null where the file has none. */
  readonly counts: number | null;
  readonly functions: number;
  readonly stacks: number;
  /** False when the file was cut off, or its writer had to leave something out. */
  readonly whole: boolean;
  /** What the file cannot tell, in plain sentences. */
  readonly gaps: readonly string[];
}

export interface ProfileFrame {
  readonly function: string;
  /** Empty for what is built into the runtime. */
  readonly file: string;
  /** From 1 on; 0 where it is not known. */
  readonly line: number;
  readonly column: number | null;
  /** Of the runtime, its library or an installed package. */
  readonly library: boolean;
}

/** How much, of how much, and how sure. */
export interface ProfileAmount {
  readonly bytes: number;
  /** Of the whole, from 0 to 1. */
  readonly share: number;
  readonly counts: number | null;
  /** Half of the 95 % interval as a part of `bytes`, for estimates; null where every allocation was seen or nothing is known. */
  readonly error: number | null;
}

/** What a line of the program is the cause of: allocated there, or in runtime and packages that it called. */
export interface ProfileLineRow extends ProfileAmount {
  readonly at: ProfileFrame;
}

/** What a function allocates itself, and with all that it calls. Functions that only call are not listed. */
export interface ProfileFunctionRow extends ProfileAmount {
  readonly at: ProfileFrame;
  readonly withCalleesBytes: number;
  readonly withCalleesShare: number;
}

export interface ProfileStackRow extends ProfileAmount {
  /** Innermost first. */
  readonly frames: readonly ProfileFrame[];
  /** Further frames that are not listed. */
  readonly moreFrames: number;
}

/** The largest of a kind, and what the others come to. */
export interface ProfileTop<Row> {
  readonly rows: readonly Row[];
  readonly rest: { readonly rows: number; readonly bytes: number };
}

export interface ProfileAnswer {
  /** Of the program itself. `elsewhereBytes` were allocated on stacks without any line of it. */
  readonly lines: ProfileTop<ProfileLineRow> & { readonly elsewhereBytes: number };
  readonly functions: ProfileTop<ProfileFunctionRow>;
  readonly stacks: ProfileTop<ProfileStackRow>;
}

/** An answer as `--json` gives it. */
export interface ProfileDocument {
  readonly schema: typeof PROFILE_SCHEMA;
  readonly command: string;
  readonly profile: ProfileSummary;
  readonly answer: ProfileAnswer;
}
