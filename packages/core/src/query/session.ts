/**
 * A session as the core sees it: what capture read from a session folder (`protocol/session.md`), in memory, with dumps
 * handed over as bytes on demand. The core never opens a file. Not for: streaming a live process, which is capture's.
 */
export interface Session {
  readonly schema: 'heaptrail-session/1';
  /** Redacted command line. */
  readonly command: readonly string[];
  /** ISO time. */
  readonly startedAt: string;
  /** When the observation ended, in epoch milliseconds; undefined when the host did not live to write it. */
  readonly endedAtMs: number | undefined;
  /** The command's own end; undefined while it runs, null fields as in the report. */
  readonly exit: { readonly exitCode: number | null; readonly signal: string | null } | undefined;
  readonly events: readonly SessionEvent[];
  /** In order of their first frame. */
  readonly processes: readonly SessionProcess[];
}

export interface SessionEvent {
  readonly atMs: number;
  /** Stable `HEAPTRAIL_…` code. */
  readonly code: string;
  readonly text: string;
}

/** One image of one process: exec and fork start another. */
export interface SessionProcess {
  /** Folder name, `<pid>-<k>`; unique in the session. */
  readonly id: string;
  readonly pid: number;
  readonly ppid: number;
  readonly script: string;
  readonly reason: 'start' | 'fork';
  readonly runtime: { readonly name: string; readonly version: string };
  readonly startedAtMs: number;
  /** The program had started tracemalloc before the agent could. */
  readonly foreignTracing: boolean;
  readonly samples: readonly AgentSample[];
  readonly proc: readonly ProcSample[];
  readonly details: readonly AgentDetail[];
  readonly dumps: readonly SessionDump[];
  readonly events: readonly SessionEvent[];
  readonly gone: { readonly atMs: number; readonly exitCode: number | null; readonly signal: string | null } | undefined;
}

/** From inside, about once a second (`protocol/frames.md`, `sample`). */
export interface AgentSample {
  readonly atMs: number;
  readonly blocks: number;
  readonly modules: number;
  readonly threads: number;
  readonly tasks: number | null;
  readonly finalizers: number | null;
  readonly garbage: number;
  readonly gcCollections: readonly number[];
  readonly gcCollected: number;
  readonly gcUncollectable: number;
  readonly gcPauses: number;
  readonly gcPauseMs: number;
  readonly gcMaxPauseMs: number;
  readonly tracing: boolean;
  readonly tracedBytes: number | null;
  /** What the tracing itself keeps in memory. */
  readonly tracingBytes: number | null;
  readonly agentCpuMs: number;
  readonly intervalMs: number;
  readonly dropped: number;
}

/** From outside, read in /proc. PSS and USS are read less often and absent in between. */
export interface ProcSample {
  readonly atMs: number;
  readonly rssBytes: number;
  readonly pssBytes?: number;
  readonly ussBytes?: number;
  readonly vmsBytes: number;
  readonly osThreads: number;
  /** Descriptors by kind: file, socket, pipe, anon, other. */
  readonly fds: Readonly<Record<string, number>>;
}

/** Exact counters in detail, taken by the agent on the governor's budget. Stacks are `[function, file, line]`, innermost first. */
export interface AgentDetail {
  readonly atMs: number;
  readonly partial: boolean;
  readonly threads: readonly { readonly stack: readonly (readonly [string, string, number])[]; readonly count: number }[];
  readonly tasks: readonly { readonly coroutine: string; readonly file: string; readonly line: number; readonly count: number }[];
  readonly finalizers: readonly { readonly callback: string; readonly file: string; readonly line: number; readonly count: number }[];
}

export interface SessionDump {
  readonly sequence: number;
  readonly status: 'done' | 'failed';
  readonly atMs: number;
  readonly pauseMs: number;
  readonly childCpuMs: number;
  readonly wallMs: number;
  readonly mode: 'forked-child' | 'in-process';
  /** Set when the dump failed or was degraded. */
  readonly code: string | undefined;
  readonly text: string | undefined;
  /** The whole file; rejects when it cannot be read. */
  read(): Promise<Uint8Array>;
}
