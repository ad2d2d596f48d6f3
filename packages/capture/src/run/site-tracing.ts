import { statSync } from 'node:fs';
import type { AgentConnection } from '../agent-host/agent-connection.ts';
import type { ProcessWriter } from '../session/process-writer.ts';
import type { GrowthSeen, GrowthWatch } from './growth-watch.ts';
import { CounterWatch, type Counter } from './site-cause.ts';

const TRACE_FRAMES = 8;
/** Above this size a dump is only analysed at the end: a second reader of the heap beside the program must stay small. */
const MAX_WATCHED_BYTES = 256 << 20;
/** Sites need a few more dumps to be joined with what grows. */
const LEAST_TRACED_MS = 2000;

export interface SiteTracingOptions {
  readonly endsAtMs: number | undefined;
  readonly sites: 'off' | 'auto' | 'full';
  readonly growth: GrowthWatch | undefined;
}

/** Decides when the allocation sites of one process are worth their cost: a counter climbs, or a place in its heap grew in two dumps. */
export class SiteTracing {
  readonly #connection: AgentConnection;
  readonly #writer: ProcessWriter;
  readonly #options: SiteTracingOptions;
  readonly #counters: Record<Counter, CounterWatch> = {
    finalizers: new CounterWatch(),
    threads: new CounterWatch(),
    tasks: new CounterWatch(),
    fds: new CounterWatch(),
  };
  #sinceMs: number | undefined;
  #growing: GrowthSeen | undefined;
  #isClosed = false;

  constructor(connection: AgentConnection, writer: ProcessWriter, nowMs: number, options: SiteTracingOptions) {
    this.#connection = connection;
    this.#writer = writer;
    this.#options = options;
    if (options.sites === 'full') this.#start(nowMs);
  }

  get sinceMs(): number | undefined {
    return this.#sinceMs;
  }

  /** What the last look at a dump saw. */
  get growing(): GrowthSeen | undefined {
    return this.#growing;
  }

  /** Of a warm process only: what climbs while a program starts says nothing. */
  count(counter: Counter, value: number | null | undefined): void {
    this.#counters[counter].add(value);
  }

  consider(nowMs: number): void {
    const { endsAtMs, sites } = this.#options;
    if (sites !== 'auto' || this.#sinceMs !== undefined || this.#isClosed) return;
    if (endsAtMs !== undefined && nowMs > endsAtMs - LEAST_TRACED_MS) return;
    const counter = (Object.keys(this.#counters) as Counter[]).find((name) => this.#counters[name].grows);
    if (counter === undefined && (this.#growing?.growingPlaces ?? 0) === 0) return;
    const cause = counter === undefined ? 'a place in the heap grew in two dumps' : `the number of ${counter} grew`;
    this.#writer.event('HEAPTRAIL_TRACING_STARTED', `allocation sites are traced from here on, because ${cause}`, nowMs);
    this.#start(nowMs);
    this.#connection.send({ c: 'detail' });
  }

  /** Until sites are traced: after that the answer changes nothing. */
  lookAtDump(sequence: number, nowMs: number): void {
    const { growth, sites } = this.#options;
    if (growth === undefined || sites !== 'auto' || this.#sinceMs !== undefined) return;
    const path = this.#writer.dumpPath(sequence);
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MAX_WATCHED_BYTES) return;
    growth.look(path).then(
      (seen) => {
        this.#growing = seen;
        this.consider(Date.now());
      },
      (error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        const text = `dump ${sequence} could not be looked at while the program ran: ${reason}`;
        this.#writer.event('HEAPTRAIL_DUMP_NOT_WATCHED', text, nowMs);
      },
    );
  }

  /** Nothing is asked of the agent any more: it is gone, or was told to be quiet. */
  close(): void {
    this.#isClosed = true;
  }

  #start(nowMs: number): void {
    this.#sinceMs = nowMs;
    this.#connection.send({ c: 'trace', on: true, frames: TRACE_FRAMES });
  }
}
