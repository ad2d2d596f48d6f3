import type { AgentSample, ProcSample } from '@heaptrail/core';
import type { AgentConnection } from '../agent-host/agent-connection.ts';
import type { AgentFrame, HelloFrame } from '../agent-host/frame.ts';
import { isServiceProcess } from '../proc/is-service-process.ts';
import { ProcSampler } from '../proc/proc-sampler.ts';
import type { ProcessWriter } from '../session/process-writer.ts';
import { nextDumpAtMs, warmLeastMs } from './dump-plan.ts';
import { ObservedDumps } from './observed-dumps.ts';
import type { ProcessStatus } from './run-status.ts';
import { SiteTracing, type SiteTracingOptions } from './site-tracing.ts';
import { isWarm } from './warm-up.ts';

const RECENT_SAMPLES = 8;
const PROC_EVERY_MS = 1000;

export interface ObservedProcessOptions extends SiteTracingOptions {
  readonly wantedDumps: number;
}

/** One image of one process, from its agent's hello to its end: what was seen, what is due next. Writes everything it hears into the process's folder. */
export class ObservedProcess {
  readonly hello: HelloFrame;
  readonly openedAtMs: number;
  /** Runs no code of the user. */
  readonly helper: boolean;
  readonly #connection: AgentConnection;
  readonly #writer: ProcessWriter;
  readonly #sampler: ProcSampler;
  readonly #options: ObservedProcessOptions;
  readonly #dumps: ObservedDumps;
  readonly #tracing: SiteTracing;
  #samples: AgentSample[] = [];
  #proc: ProcSample | undefined;
  #nextProcAtMs = 0;
  #warmAtMs: number | undefined;
  #warmSample: AgentSample | undefined;
  #bye: 'exit' | 'exec' | undefined;
  #disconnectedAtMs: number | undefined;
  #goneWritten = false;
  #lostTold = false;
  #quieted = false;

  constructor(hello: HelloFrame, connection: AgentConnection, writer: ProcessWriter, nowMs: number, options: ObservedProcessOptions) {
    this.hello = hello;
    this.openedAtMs = nowMs;
    this.#connection = connection;
    this.#writer = writer;
    this.#options = options;
    this.#sampler = new ProcSampler(hello.pid);
    this.helper = hello.reason === 'start' && isServiceProcess(hello.pid);
    this.#dumps = new ObservedDumps(connection, writer, { isEndless: options.endsAtMs === undefined });
    this.#tracing = new SiteTracing(connection, writer, nowMs, options);
  }

  get connected(): boolean {
    return this.#disconnectedAtMs === undefined;
  }

  get dumpsDone(): number {
    return this.#dumps.whole;
  }

  /** Was asked for and not answered. */
  get isDumpPending(): boolean {
    return this.#dumps.isPending;
  }

  /** Lives on after its agent said nothing more, or while it does. */
  get alive(): boolean {
    return this.#sampler.alive;
  }

  /** Sends a signal, if it is still the same process. */
  signal(signal: NodeJS.Signals): void {
    if (!this.alive) return;
    try {
      process.kill(this.hello.pid, signal);
    } catch {
      // It ended in this moment, or changed its user.
    }
  }

  receive(frame: AgentFrame, raw: Readonly<Record<string, unknown>>, nowMs: number): void {
    if (frame.t === 'dump') {
      if (!this.#dumps.answered(frame, raw, nowMs, this.#proc?.rssBytes)) return;
      this.requestDetail();
      this.#tracing.lookAtDump(frame.sequence, nowMs);
      return;
    }
    this.#writer.frame(raw);
    if (frame.t === 'sample') this.#sampled(frame, nowMs);
    if (frame.t === 'bye') this.#bye = frame.reason;
  }

  disconnected(reason: string | undefined, nowMs: number): void {
    this.#disconnectedAtMs = nowMs;
    this.#tracing.close();
    if (reason !== undefined) this.#writer.event('HEAPTRAIL_AGENT_DROPPED', `the agent's connection was closed: ${reason}`, nowMs);
    this.#dumps.fail('HEAPTRAIL_DUMP_INTERRUPTED', 'the process ended, or closed its descriptors, while the dump was written', nowMs);
  }

  /** Samples from outside and follows the end of the process; once a tick. */
  tick(nowMs: number, commandExit: { pid: number; exit: { exitCode: number | null; signal: string | null } | undefined }): void {
    if (this.#dumps.isOverdue(nowMs)) {
      const text = 'the agent did not answer in time: the program may hold the interpreter, or be stopped';
      this.#dumps.fail('HEAPTRAIL_DUMP_UNANSWERED', text, nowMs);
    }
    if (!this.#goneWritten && nowMs >= this.#nextProcAtMs) {
      this.#nextProcAtMs = nowMs + PROC_EVERY_MS;
      const sample = this.#bye === 'exec' ? undefined : this.#sampler.sample(nowMs);
      if (sample !== undefined) this.#procSampled(sample);
    }
    if (this.#disconnectedAtMs !== undefined) this.#followEnd(nowMs, commandExit);
  }

  /** When the next dump is due; undefined when none is, or none can be asked for. */
  dumpDueAtMs(nowMs: number, leadingProcesses: number): number | undefined {
    if (!this.connected || this.#dumps.isPending) return undefined;
    return nextDumpAtMs({
      nowMs,
      openedAtMs: this.openedAtMs,
      endsAtMs: this.#options.endsAtMs,
      wantedDumps: this.#options.wantedDumps,
      warmAtMs: this.#warmAtMs,
      dumps: this.#dumps.kept,
      tracingSinceMs: this.#tracing.sinceMs,
      leadingProcesses,
      rssBytes: this.#proc?.rssBytes,
      rssAtLastDumpBytes: this.#dumps.rssAtLastBytes,
    });
  }

  /** A dump at the end says something new, unless the last one is from this very moment. */
  wantsLastDump(nowMs: number): boolean {
    const last = this.#dumps.kept.at(-1);
    return this.connected && (last === undefined || nowMs - last.atMs > Math.max(500, 1.5 * last.wallMs));
  }

  requestDump(nowMs: number): void {
    this.#dumps.request(nowMs, this.#proc?.rssBytes);
  }

  requestDetail(): void {
    this.#connection.send({ c: 'detail' });
  }

  quiet(): void {
    this.#quieted = true;
    this.#tracing.close();
    this.#connection.send({ c: 'quiet' });
  }

  /** Puts down that the process ended, if that is known and was not put down yet. */
  finish(nowMs: number): void {
    if (!this.connected && !this.alive) this.#gone(this.#disconnectedAtMs ?? nowMs, undefined);
  }

  status(nowMs: number): ProcessStatus {
    const sample = this.#samples.at(-1);
    return {
      pid: this.hello.pid,
      runtime: this.hello.runtime,
      script: this.hello.script,
      rssBytes: this.#proc?.rssBytes,
      threads: sample?.threads,
      tasks: sample?.tasks ?? undefined,
      finalizers: sample?.finalizers ?? undefined,
      descriptors: this.#proc === undefined ? undefined : descriptorsOf(this.#proc),
      finalizersPerSecond: ratePerSecond(this.#warmSample, sample),
      dumpsDone: this.dumpsDone,
      dumpsWanted: this.#options.endsAtMs === undefined ? undefined : Math.max(this.#options.wantedDumps, this.dumpsDone),
      dumpRunning: this.#dumps.isRunning(nowMs),
      tracing: sample?.tracing ?? false,
      growingPlaces: this.#tracing.growing?.growingPlaces ?? 0,
      topmostGrowing: this.#tracing.growing?.topmost,
    };
  }

  #sampled(sample: AgentSample, nowMs: number): void {
    this.#samples = [...this.#samples.slice(1 - RECENT_SAMPLES), sample];
    if (this.#warmAtMs === undefined) {
      if (!isWarm(this.#samples, this.openedAtMs, warmLeastMs(this.openedAtMs, this.#options.endsAtMs), nowMs)) return;
      this.#warmAtMs = nowMs;
      this.#warmSample = sample;
      this.requestDetail();
    }
    for (const counter of ['finalizers', 'threads', 'tasks'] as const) this.#tracing.count(counter, sample[counter]);
    this.#tracing.consider(nowMs);
  }

  #procSampled(sample: ProcSample): void {
    this.#proc = sample;
    this.#writer.proc(sample);
    if (this.#warmAtMs !== undefined) this.#tracing.count('fds', descriptorsOf(sample));
  }

  #followEnd(nowMs: number, command: { pid: number; exit: { exitCode: number | null; signal: string | null } | undefined }): void {
    if (this.#goneWritten) return;
    const atMs = this.#disconnectedAtMs!;
    if (this.#bye === 'exec') {
      this.#gone(atMs, undefined);
      return;
    }
    const exit = command.pid === this.hello.pid ? command.exit : undefined;
    if (exit !== undefined) {
      this.#gone(atMs, exit);
      return;
    }
    if (nowMs - atMs < 1000) return; // Its parent may not have heard of its end yet.
    if (!this.alive) {
      this.#gone(atMs, undefined);
      return;
    }
    if (this.#lostTold || this.#quieted) return;
    this.#lostTold = true;
    this.#writer.event(
      'HEAPTRAIL_AGENT_LOST',
      'the process lives on, but its agent is gone (it closed its descriptors, or became another program); from here on it is seen from outside only',
      nowMs,
    );
  }

  #gone(atMs: number, exit: { exitCode: number | null; signal: string | null } | undefined): void {
    if (this.#goneWritten) return;
    this.#goneWritten = true;
    this.#writer.gone(atMs, exit);
  }
}

function descriptorsOf(sample: ProcSample): number {
  return Object.values(sample.fds).reduce((sum, count) => sum + count, 0);
}

function ratePerSecond(from: AgentSample | undefined, to: AgentSample | undefined): number | undefined {
  if (
    from?.finalizers === undefined ||
    from.finalizers === null ||
    to?.finalizers === undefined ||
    to.finalizers === null ||
    to.atMs <= from.atMs
  )
    return undefined;
  return ((to.finalizers - from.finalizers) * 1000) / (to.atMs - from.atMs);
}
