/** What the live line shows, at one moment. */
export interface RunStatus {
  readonly elapsedMs: number;
  readonly durationMs: number | undefined;
  /** The process that the line is about; undefined as long as no agent has reported. */
  readonly process: ProcessStatus | undefined;
  /** Processes observed besides that one. */
  readonly otherProcesses: number;
}

export interface ProcessStatus {
  readonly pid: number;
  readonly runtime: { readonly name: string; readonly version: string };
  readonly script: string;
  readonly rssBytes: number | undefined;
  readonly threads: number | undefined;
  readonly tasks: number | undefined;
  readonly finalizers: number | undefined;
  readonly descriptors: number | undefined;
  /** Since start-up was over; undefined before. */
  readonly finalizersPerSecond: number | undefined;
  readonly dumpsDone: number;
  /** Undefined when the observation has no known end. */
  readonly dumpsWanted: number | undefined;
  readonly dumpRunning: boolean;
  readonly tracing: boolean;
  readonly growingPlaces: number;
  readonly topmostGrowing: string | undefined;
}
