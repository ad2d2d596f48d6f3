import type { AllocationProfile } from '../graph/profile/index.ts';
import type { Progress } from '../graph/progress.ts';
import type { ByteSource } from './byte-source.ts';

/** One format of allocation profiles: stacks and bytes, no objects. Listed by hand in `formats/index.ts`; see `docs/adding-a-format.md`. */
export interface ProfileFormat {
  readonly id: string;
  /** As written in messages: "V8 sampling heap profile". */
  readonly title: string;
  /** Decides by the first bytes of a file (at most 4096) alone. */
  recognises(head: Uint8Array): boolean;
  /** Throws HeapFileError for a file that cannot be read as one of this format; a damaged one that can, loads with `gaps`. */
  load(source: ByteSource, options: ProfileLoadOptions): LoadedProfile;
}

export interface ProfileLoadOptions {
  readonly progress: Progress;
}

export interface LoadedProfile {
  readonly profile: AllocationProfile;
  readonly format: string;
  readonly runtime: { readonly name: string; readonly version: string | undefined };
  /** False when the file was cut off, or its writer had to leave something out; `profile.gaps` says what. */
  readonly whole: boolean;
}
