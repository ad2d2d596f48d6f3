import type { AgentConnection } from '../agent-host/agent-connection.ts';
import type { DumpFrame } from '../agent-host/frame.ts';
import { removeQuietly } from '../session/remove-quietly.ts';
import type { ProcessWriter } from '../session/process-writer.ts';
import { dumpToThin, type PlannedDump } from './dump-plan.ts';

/** Dumps kept of a process whose observation has no end; the middle is thinned out. */
const MAX_KEPT_DUMPS = 12;
/** The agent gives up at its deadline; its word of that takes a moment. */
const ANSWER_MS = 5000;

interface KeptDump extends PlannedDump {
  readonly sequence: number;
}

/** The dumps of one process: one at a time is asked for, and answered or given up. Every one is put down in the process's folder. */
export class ObservedDumps {
  readonly #connection: AgentConnection;
  readonly #writer: ProcessWriter;
  readonly #isEndless: boolean;
  #kept: KeptDump[] = [];
  #whole = 0;
  #sequence = 0;
  #pending: { readonly sequence: number; readonly failAtMs: number } | undefined;
  #rssAtLastBytes: number | undefined;

  constructor(connection: AgentConnection, writer: ProcessWriter, options: { readonly isEndless: boolean }) {
    this.#connection = connection;
    this.#writer = writer;
    this.#isEndless = options.isEndless;
  }

  /** Those that failed are among them: they cost time, too. */
  get kept(): readonly PlannedDump[] {
    return this.#kept;
  }

  /** How many could be read. */
  get whole(): number {
    return this.#whole;
  }

  get isPending(): boolean {
    return this.#pending !== undefined;
  }

  get rssAtLastBytes(): number | undefined {
    return this.#rssAtLastBytes;
  }

  isRunning(nowMs: number): boolean {
    return this.#pending !== undefined && !this.isOverdue(nowMs);
  }

  isOverdue(nowMs: number): boolean {
    return this.#pending !== undefined && nowMs > this.#pending.failAtMs;
  }

  request(nowMs: number, rssBytes: number | undefined): void {
    const sequence = ++this.#sequence;
    const deadlineMs = Math.min(120_000, 15_000 + 100 * ((rssBytes ?? 0) / 2 ** 20));
    this.#pending = { sequence, failAtMs: nowMs + deadlineMs + ANSWER_MS };
    this.#connection.send({ c: 'dump', sequence, path: this.#writer.dumpPath(sequence), deadlineMs: Math.round(deadlineMs), mode: 'auto' });
  }

  /** True when a dump is there that can be read. */
  answered(frame: DumpFrame, raw: Readonly<Record<string, unknown>>, nowMs: number, rssBytes: number | undefined): boolean {
    if (frame.sequence !== this.#pending?.sequence) return false; // Given up already, or never asked for.
    this.#pending = undefined;
    this.#writer.frame(raw);
    this.#rssAtLastBytes = rssBytes;
    const atMs = frame.atMs > 0 && frame.atMs <= nowMs + 1000 ? frame.atMs : nowMs;
    this.#keep({ sequence: frame.sequence, atMs, wallMs: frame.wallMs, costMs: frame.pauseMs + frame.childCpuMs }, frame.status);
    return frame.status === 'done';
  }

  /** Gives up the dump that was asked for. */
  fail(code: string, text: string, nowMs: number): void {
    if (this.#pending === undefined) return;
    const { sequence } = this.#pending;
    this.#pending = undefined;
    const cost = { atMs: nowMs, pauseMs: 0, childCpuMs: 0, wallMs: 0 };
    this.#writer.frame({ t: 'dump', sequence, status: 'failed', ...cost, mode: 'forked-child', code, text });
    this.#keep({ sequence, atMs: nowMs, wallMs: 0, costMs: 0 }, 'failed');
  }

  #keep(dump: KeptDump, status: DumpFrame['status']): void {
    this.#kept.push(dump);
    if (status === 'failed') {
      removeQuietly(this.#writer.dumpPath(dump.sequence));
      return;
    }
    this.#whole++;
    if (this.#isEndless) this.#thin();
  }

  #thin(): void {
    const times = this.#kept.map((dump) => dump.atMs);
    const index = dumpToThin(times, MAX_KEPT_DUMPS);
    if (index === undefined) return;
    const [removed] = this.#kept.splice(index, 1);
    this.#writer.thin(removed.sequence);
  }
}
