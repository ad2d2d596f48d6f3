/** One run of a program under one setting of its garbage collector: what the processes of the run have added up. */
export interface GcTrialRun {
  /** `own`, three thresholds as in `25000,10,10`, or `freeze`. */
  readonly setting: string;
  /** Runs of the same round, one under each setting, follow each other and are compared. */
  readonly round: number;
  /** From the start of the command to its end. */
  readonly wallMs: number;
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Python processes that took part, and those of them that ended by themselves and so have figures. */
  readonly processes: number;
  readonly endedProcesses: number;
  /** Of the process that used most CPU time. */
  readonly leading: GcTrialProcess;
  /** CPU time of the Python processes. */
  readonly cpuMs: number;
  /** Undefined where the interpreter tells of no collections (PyPy). */
  readonly collections: GcTrialCollections | undefined;
  /** The largest process. */
  readonly peakRssBytes: number;
}

export interface GcTrialCollections {
  readonly pauses: number;
  readonly totalMs: number;
  readonly longestMs: number;
  readonly collectedObjects: number;
}

export interface GcTrialProcess {
  readonly implementation: string;
  readonly python: string;
  /** Why the setting could not be applied; empty when it was. */
  readonly reason: string;
  /** As the program left them when it ended: what it sets itself comes after our setting and wins. */
  readonly thresholds: readonly number[] | undefined;
  readonly enabled: boolean;
  /** When the heap was frozen, for the setting `freeze`. */
  readonly frozenAfterMs: number | undefined;
}
