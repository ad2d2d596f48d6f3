import { statSync } from 'node:fs';
import type { AgentSample, ProcSample } from '@heaptrail/core';
import type { AgentConnection } from '../agent-host/agent-connection.ts';
import type { AgentFrame, DumpFrame, HelloFrame } from '../agent-host/frame.ts';
import { isServiceProcess } from '../proc/is-service-process.ts';
import { ProcSampler } from '../proc/proc-sampler.ts';
import { removeQuietly } from '../session/remove-quietly.ts';
import type { ProcessWriter } from '../session/process-writer.ts';
import { dumpToThin, nextDumpAtMs, warmLeastMs, type PlannedDump } from './dump-plan.ts';
import type { GrowthSeen, GrowthWatch } from './growth-watch.ts';
import type { ProcessStatus } from './run-status.ts';
import { CounterWatch, type Counter } from './site-cause.ts';
import { isWarm } from './warm-up.ts';

const TRACE_FRAMES = 8;
const RECENT_SAMPLES = 8;
const PROC_EVERY_MS = 1000;
/** Dumps kept of a process whose observation has no end; the middle is thinned out. */
const MAX_KEPT_DUMPS = 12;
/** Above this size a dump is only analysed at the end: a second reader of the heap beside the program must stay small. */
const MAX_WATCHED_BYTES = 256 << 20;
/** Sites need a few more dumps to be joined with what grows. */
const LEAST_TRACED_MS = 2000;

export interface ObservedProcessOptions {
  readonly endsAtMs: number | undefined;
  readonly wantedDumps: number;
  readonly sites: 'off' | 'auto' | 'full';
  readonly growth: GrowthWatch | undefined;
}

interface KeptDump extends PlannedDump {
  readonly sequence: number;
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
  readonly #counters: Record<Counter, CounterWatch> = {
    finalizers: new CounterWatch(),
    threads: new CounterWatch(),
    tasks: new CounterWatch(),
    fds: new CounterWatch(),
  };
  #samples: AgentSample[] = [];
  #proc: ProcSample | undefined;
  #nextProcAtMs = 0;
  #warmAtMs: number | undefined;
  #warmSample: AgentSample | undefined;
  #kept: KeptDump[] = [];
  #dumpsDone = 0;
  #sequence = 0;
  #rssAtLastDumpBytes: number | undefined;
  #tracingSinceMs: number | undefined;
  #growing: GrowthSeen | undefined;
  #bye: 'exit' | 'exec' | undefined;
  #disconnectedAtMs: number | undefined;
  #goneWritten = false;
  #lostTold = false;
  #quieted = false;
  /** The dump that was asked for and not answered. */
  pendingDump: { readonly sequence: number; readonly failAtMs: number } | undefined;

  constructor(hello: HelloFrame, connection: AgentConnection, writer: ProcessWriter, nowMs: number, options: ObservedProcessOptions) {
    this.hello = hello;
    this.openedAtMs = nowMs;
    this.#connection = connection;
    this.#writer = writer;
    this.#options = options;
    this.#sampler = new ProcSampler(hello.pid);
    this.helper = hello.reason === 'start' && isServiceProcess(hello.pid);
    if (options.sites === 'full') this.#startTracing(nowMs);
  }

  get connected(): boolean {
    return this.#disconnectedAtMs === undefined;
  }

  get dumpsDone(): number {
    return this.#dumpsDone;
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
      this.#dumpAnswered(frame, raw, nowMs);
      return;
    }
    this.#writer.frame(raw);
    if (frame.t === 'sample') this.#sampled(frame, nowMs);
    if (frame.t === 'bye') this.#bye = frame.reason;
  }

  disconnected(reason: string | undefined, nowMs: number): void {
    this.#disconnectedAtMs = nowMs;
    if (reason !== undefined) this.#event('HEAPTRAIL_AGENT_DROPPED', `the agent's connection was closed: ${reason}`, nowMs);
    if (this.pendingDump !== undefined)
      this.#dumpFailed('HEAPTRAIL_DUMP_INTERRUPTED', 'the process ended, or closed its descriptors, while the dump was written', nowMs);
  }

  /** Samples from outside and follows the end of the process; once a tick. */
  tick(nowMs: number, commandExit: { pid: number; exit: { exitCode: number | null; signal: string | null } | undefined }): void {
    if (this.pendingDump !== undefined && nowMs > this.pendingDump.failAtMs) {
      this.#dumpFailed(
        'HEAPTRAIL_DUMP_UNANSWERED',
        'the agent did not answer in time: the program may hold the interpreter, or be stopped',
        nowMs,
      );
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
    if (!this.connected || this.pendingDump !== undefined) return undefined;
    return nextDumpAtMs({
      nowMs,
      openedAtMs: this.openedAtMs,
      endsAtMs: this.#options.endsAtMs,
      wantedDumps: this.#options.wantedDumps,
      warmAtMs: this.#warmAtMs,
      dumps: this.#kept,
      tracingSinceMs: this.#tracingSinceMs,
      leadingProcesses,
      rssBytes: this.#proc?.rssBytes,
      rssAtLastDumpBytes: this.#rssAtLastDumpBytes,
    });
  }

  /** A dump at the end says something new, unless the last one is from this very moment. */
  wantsLastDump(nowMs: number): boolean {
    const last = this.#kept.at(-1);
    return this.connected && (last === undefined || nowMs - last.atMs > Math.max(500, 1.5 * last.wallMs));
  }

  requestDump(nowMs: number): void {
    const sequence = ++this.#sequence;
    const rssMegabytes = (this.#proc?.rssBytes ?? 0) / 2 ** 20;
    const deadlineMs = Math.min(120_000, 15_000 + 100 * rssMegabytes);
    this.pendingDump = { sequence, failAtMs: nowMs + deadlineMs + 5000 };
    this.#connection.send({ c: 'dump', sequence, path: this.#writer.dumpPath(sequence), deadlineMs: Math.round(deadlineMs), mode: 'auto' });
  }

  requestDetail(): void {
    this.#connection.send({ c: 'detail' });
  }

  quiet(): void {
    this.#quieted = true;
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
      dumpsDone: this.#dumpsDone,
      dumpsWanted: this.#options.endsAtMs === undefined ? undefined : Math.max(this.#options.wantedDumps, this.#dumpsDone),
      dumpRunning: this.pendingDump !== undefined && nowMs <= this.pendingDump.failAtMs,
      tracing: sample?.tracing ?? false,
      growingPlaces: this.#growing?.growingPlaces ?? 0,
      topmostGrowing: this.#growing?.topmost,
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
    for (const counter of ['finalizers', 'threads', 'tasks'] as const) this.#counters[counter].add(sample[counter]);
    this.#considerTracing(nowMs);
  }

  #procSampled(sample: ProcSample): void {
    this.#proc = sample;
    this.#writer.proc(sample);
    if (this.#warmAtMs !== undefined) this.#counters.fds.add(descriptorsOf(sample));
  }

  #dumpAnswered(frame: DumpFrame, raw: Readonly<Record<string, unknown>>, nowMs: number): void {
    if (frame.sequence !== this.pendingDump?.sequence) return; // Given up already, or never asked for.
    this.pendingDump = undefined;
    this.#writer.frame(raw);
    const costMs = frame.pauseMs + frame.childCpuMs;
    const atMs = frame.atMs > 0 && frame.atMs <= nowMs + 1000 ? frame.atMs : nowMs;
    this.#rssAtLastDumpBytes = this.#proc?.rssBytes;
    this.#kept.push({ sequence: frame.sequence, atMs, wallMs: frame.wallMs, costMs });
    if (frame.status === 'failed') {
      this.#removeFile(frame.sequence);
      return;
    }
    this.#dumpsDone++;
    this.requestDetail();
    this.#watchGrowth(frame.sequence, nowMs);
    this.#thin();
  }

  #dumpFailed(code: string, text: string, nowMs: number): void {
    const { sequence } = this.pendingDump as { sequence: number };
    this.pendingDump = undefined;
    this.#writer.frame({
      t: 'dump',
      sequence,
      status: 'failed',
      atMs: nowMs,
      pauseMs: 0,
      childCpuMs: 0,
      wallMs: 0,
      mode: 'forked-child',
      code,
      text,
    });
    this.#kept.push({ sequence, atMs: nowMs, wallMs: 0, costMs: 0 });
    this.#removeFile(sequence);
  }

  #removeFile(sequence: number): void {
    removeQuietly(this.#writer.dumpPath(sequence));
  }

  /** Until sites are traced: after that the answer changes nothing. */
  #watchGrowth(sequence: number, nowMs: number): void {
    const { growth, sites } = this.#options;
    if (growth === undefined || sites !== 'auto' || this.#tracingSinceMs !== undefined) return;
    const path = this.#writer.dumpPath(sequence);
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MAX_WATCHED_BYTES) return;
    growth.look(path).then(
      (seen) => {
        this.#growing = seen;
        this.#considerTracing(Date.now());
      },
      (error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        this.#event('HEAPTRAIL_DUMP_NOT_WATCHED', `dump ${sequence} could not be looked at while the program ran: ${reason}`, nowMs);
      },
    );
  }

  #thin(): void {
    if (this.#options.endsAtMs !== undefined) return;
    const index = dumpToThin(
      this.#kept.map((dump) => dump.atMs),
      MAX_KEPT_DUMPS,
    );
    if (index === undefined) return;
    const [removed] = this.#kept.splice(index, 1);
    this.#writer.thin(removed.sequence);
  }

  #considerTracing(nowMs: number): void {
    if (this.#options.sites !== 'auto' || this.#tracingSinceMs !== undefined || !this.connected || this.#quieted) return;
    if (this.#options.endsAtMs !== undefined && nowMs > this.#options.endsAtMs - LEAST_TRACED_MS) return;
    const counter = (Object.keys(this.#counters) as Counter[]).find((name) => this.#counters[name].grows);
    if (counter === undefined && (this.#growing?.growingPlaces ?? 0) === 0) return;
    const cause = counter === undefined ? 'a place in the heap grew in two dumps' : `the number of ${counter} grew`;
    this.#event('HEAPTRAIL_TRACING_STARTED', `allocation sites are traced from here on, because ${cause}`, nowMs);
    this.#startTracing(nowMs);
    this.requestDetail();
  }

  #startTracing(nowMs: number): void {
    this.#tracingSinceMs = nowMs;
    this.#connection.send({ c: 'trace', on: true, frames: TRACE_FRAMES });
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
    this.#event(
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

  #event(code: string, text: string, atMs: number): void {
    this.#writer.frame({ t: 'event', atMs, code, text });
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
