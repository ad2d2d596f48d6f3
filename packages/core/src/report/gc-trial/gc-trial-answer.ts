/** What `heaptrail gc` answers: how a program does under several settings of its garbage collector. */
export interface GcTrialAnswer {
  readonly implementation: string;
  readonly python: string;
  readonly rounds: number;
  /** The program's own setting first. */
  readonly rows: readonly GcTrialRow[];
  /** The settings of the rows that need less time, CPU time or memory than the program's own beyond doubt; the best first. */
  readonly faster: readonly string[];
  readonly cheaper: readonly string[];
  readonly smaller: readonly string[];
  /** Settings whose collections and freezes the program does not let happen, what failed, and other reasons for doubt. */
  readonly notes: readonly string[];
}

export interface GcTrialRow {
  readonly setting: string;
  /** Medians of the rounds. */
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakRssBytes: number;
  /** Undefined on PyPy. */
  readonly pauses: number | undefined;
  readonly pauseMs: number | undefined;
  readonly longestPauseMs: number | undefined;
  readonly collectedObjects: number | undefined;
  /** Against the program's own setting; undefined for that itself. */
  readonly wallChange: GcTrialChange | undefined;
  readonly cpuChange: GcTrialChange | undefined;
  readonly memoryChange: GcTrialChange | undefined;
}

/**
 * The mean change from the program's own setting, round by round, in percent, with an interval. All intervals of one
 * column are true together with 95 % confidence: each is wide enough for their number.
 */
export interface GcTrialChange {
  readonly percent: number;
  readonly lowPercent: number;
  readonly highPercent: number;
}
