/** Sources of the program and their maps, read for whoever looks positions up. Handed in: the core opens nothing. */
export interface SourceFiles {
  /** The file at an absolute path or URL. Does not throw: what cannot be had is said in a phrase. */
  read(location: string): SourceFile;
}

export type SourceFile =
  | { readonly bytes: Uint8Array }
  /** Why there are none, to stand in brackets: `no such file`. */
  | { readonly missing: string };
