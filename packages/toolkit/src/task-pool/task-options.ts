import { type Clock } from '../clock/clock.ts';
import { type Logger } from '../logger/logger.ts';
import { type ResourcePoolOptions } from '../resource-pool/pool-options.ts';

/** What a task is handed. */
export interface TaskContext<W> {
  /** The worker it runs on; undefined in a pool without workers. */
  readonly worker: W;
  /** Aborted when nobody waits for the task any more: its time is over, its caller aborted, or the pool was closed by force. */
  readonly signal: AbortSignal;
}

export type Task<T, W> = (context: TaskContext<W>) => T | PromiseLike<T>;

/** How workers are made and ended, as in a `ResourcePool`: at most `concurrency` of them. */
export type WorkerOptions<W> = Pick<
  ResourcePoolOptions<W>,
  | 'create'
  | 'validate'
  | 'reset'
  | 'destroy'
  | 'minSize'
  | 'idleTimeoutMs'
  | 'maxLifetimeMs'
  | 'createTimeoutMs'
  | 'validateTimeoutMs'
  | 'resetTimeoutMs'
  | 'destroyTimeoutMs'
>;

/** Times are milliseconds; `Infinity` means never. */
export interface TaskPoolOptions<W = undefined> {
  /** Tasks that run at the same time. */
  readonly concurrency: number;
  /** Tasks that may wait for their turn. Unlimited unless given; 0: run now or be refused. */
  readonly maxQueued?: number;
  /** How long a task may wait for its turn. Forever unless given. */
  readonly queueTimeoutMs?: number;
  /** How long a task may run before its caller is told that it failed. Forever unless given. */
  readonly timeoutMs?: number;
  /** A task that nobody waits for any more keeps its place so long, counted from its start, before the place is taken. Twice `timeoutMs` unless given. */
  readonly abandonAfterMs?: number;
  /** Without it a task has a place and no worker. A worker whose task was given up is destroyed. */
  readonly workers?: WorkerOptions<W>;
  /** How long `close` waits for tasks before it aborts them. 10,000 unless given. */
  readonly closeTimeoutMs?: number;
  readonly name?: string;
  readonly clock?: Clock;
  readonly logger?: Logger;
}

export interface RunOptions {
  readonly label?: string | undefined;
  /** Takes the task out of the queue, or aborts its signal; the call is rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Instead of the pool's. */
  readonly timeoutMs?: number | undefined;
  readonly queueTimeoutMs?: number | undefined;
}

export interface TaskPoolStatistics {
  readonly running: number;
  readonly queued: number;
  /** `started` = `completed` + `failed` + `timeouts` + `aborts` + those that run and are waited for. */
  readonly started: number;
  readonly completed: number;
  readonly failed: number;
  readonly timeouts: number;
  /** Aborted while they ran, by their caller or by `close`. */
  readonly aborts: number;
  /** Places taken from tasks that did not end. */
  readonly abandoned: number;
  /** Refused because the queue was full. */
  readonly refused: number;
  /** Places that came back because a task could never have ended: nothing held its promise any more. */
  readonly collected: number;
}
