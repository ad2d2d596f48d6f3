export type SitesMode = 'off' | 'auto' | 'full';

/** What `heaptrail run` was asked to do. */
export interface RunOptions {
  readonly command: readonly string[];
  readonly outFolder: string;
  /** How long to observe; undefined: until the command ends or its user interrupts. */
  readonly durationMs: number | undefined;
  /** End the command when the observation ends. */
  readonly stop: boolean;
  readonly sites: SitesMode;
  readonly keepStrings: boolean;
  /** Dumps wanted of each process; undefined: as many as the duration suggests. */
  readonly dumps: number | undefined;
  readonly tool: { readonly name: string; readonly version: string };
}
