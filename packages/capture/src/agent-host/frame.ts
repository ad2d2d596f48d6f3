import type { AgentDetail, AgentSample } from '@heaptrail/core';

/** What an agent says (`protocol/frames.md`), after the guards: every field has its type, whatever the peer sent. */
export type AgentFrame =
  | HelloFrame
  | ({ readonly t: 'sample' } & AgentSample)
  | ({ readonly t: 'detail' } & AgentDetail)
  | DumpFrame
  | { readonly t: 'event'; readonly atMs: number; readonly code: string; readonly text: string }
  | { readonly t: 'bye'; readonly reason: 'exit' | 'exec' };

export interface HelloFrame {
  readonly t: 'hello';
  readonly version: number;
  readonly pid: number;
  readonly ppid: number;
  readonly reason: 'start' | 'fork';
  readonly runtime: { readonly name: string; readonly version: string };
  readonly script: string;
  readonly startedAtMs: number;
  readonly tracing: boolean;
}

export interface DumpFrame {
  readonly t: 'dump';
  readonly sequence: number;
  readonly status: 'done' | 'failed';
  readonly atMs: number;
  readonly pauseMs: number;
  readonly childCpuMs: number;
  readonly wallMs: number;
  readonly mode: 'forked-child' | 'in-process';
  readonly code: string | undefined;
  readonly text: string | undefined;
}

/** What the host says. */
export type HostCommand =
  | {
      readonly c: 'dump';
      readonly sequence: number;
      readonly path: string;
      readonly deadlineMs: number;
      readonly mode: 'auto' | 'in-process';
    }
  | { readonly c: 'trace'; readonly on: boolean; readonly frames: number }
  | { readonly c: 'detail' }
  | { readonly c: 'quiet' };
