import type { RoundSeen } from './driver.ts';

/** Something that runs a bundled program and writes its heap: this Node, another, or Chromium. */
export interface Runtime {
  /** As tables show it: `Node 20.20.2`. */
  readonly name: string;
  run(run: RuntimeRun): Promise<RunSeen>;
}

export interface RuntimeRun {
  /** The script that `bundleProgram` made. */
  readonly script: string;
  readonly rounds: number;
  /** Rounds after which the heap is written, ascending. */
  readonly snapshotAfter: readonly number[];
  /** Of this run alone: removed by whoever gave it. */
  readonly folder: string;
  /** No round begins later than this after the start: for runs whose rounds nobody counts. Not in browsers. */
  readonly mostMs?: number;
}

export interface RunSeen {
  /** One for each round, in order. */
  readonly rounds: readonly RoundSeen[];
  /** One for each of `snapshotAfter`, in order. */
  readonly snapshots: readonly string[];
  /** What still kept the process alive after the program's end; empty where it ended by itself, and in browsers. */
  readonly keptAliveBy: readonly string[];
}
