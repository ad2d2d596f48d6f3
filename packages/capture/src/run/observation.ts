import type { Socket } from 'node:net';
import { AgentConnection } from '../agent-host/agent-connection.ts';
import type { AgentFrame, HelloFrame } from '../agent-host/frame.ts';
import { reasonOf } from '../errors/reason-of.ts';
import type { SessionWriter } from '../session/session-writer.ts';
import { agentAbsence } from './agent-absence.ts';
import { defaultDumps } from './dump-plan.ts';
import type { GrowthWatch } from './growth-watch.ts';
import type { Command } from './launch.ts';
import { leadingProcesses } from './leading-processes.ts';
import { ObservedProcess } from './observed-process.ts';
import type { RunOptions } from './run-options.ts';
import type { RunStatus } from './run-status.ts';

const TICK_MS = 200;
const PROTOCOL_VERSION = 1;
const HELLO_WITHIN_MS = 10_000;
const MAX_RECORDED_PROCESSES = 2000;
const DETAIL_WITHIN_MS = 300;
const CLOSE_WITHIN_MS = 1000;

/** Told as they happen, for progress lines. */
export interface ObservationListener {
  dump?(status: RunStatus, ok: boolean): void;
}

/**
 * Everything between the start of the command and the end of the observation: accepts agents, samples, asks for dumps one at a
 * time, and writes the session.
 */
export class Observation {
  readonly #options: RunOptions;
  readonly #writer: SessionWriter;
  readonly #createGrowthWatch: (() => GrowthWatch) | undefined;
  readonly #listener: ObservationListener;
  readonly #startedAtMs = Date.now();
  readonly #processes: ObservedProcess[] = [];
  readonly #unnamed = new Set<AgentConnection>();
  readonly #endsAtMs: number | undefined;
  #command: Command | undefined;
  #dumping: ObservedProcess | undefined;
  #refused = 0;
  #unsupported = false;
  #stopped = false;
  #ended = false;
  #wake: (() => void) | undefined;

  constructor(
    options: RunOptions,
    writer: SessionWriter,
    createGrowthWatch: (() => GrowthWatch) | undefined,
    listener: ObservationListener,
  ) {
    this.#options = options;
    this.#writer = writer;
    this.#createGrowthWatch = createGrowthWatch;
    this.#listener = listener;
    this.#endsAtMs = options.durationMs === undefined ? undefined : this.#startedAtMs + options.durationMs;
  }

  /** The command was ended because the options say so. */
  get stopped(): boolean {
    return this.#stopped;
  }

  accept(socket: Socket): void {
    let observed: ObservedProcess | undefined;
    const connection = new AgentConnection(socket, {
      frame: (frame, raw) => {
        if (observed !== undefined) {
          if (frame.t !== 'hello') this.#received(observed, frame, raw);
        } else if (frame.t === 'hello') {
          observed = this.#hello(frame, raw, connection);
        } else if (frame.t === 'event') {
          this.#unsupported ||= frame.code === 'HEAPTRAIL_RUNTIME_UNSUPPORTED';
          this.#event(frame.code, frame.text);
        }
      },
      closed: (reason) => {
        this.#unnamed.delete(connection);
        if (observed !== undefined) observed.disconnected(reason, Date.now());
        else if (reason !== undefined) this.#event('HEAPTRAIL_PEER_DROPPED', `a peer on the agents' socket was dropped: ${reason}`);
      },
    });
    this.#unnamed.add(connection);
    setTimeout(() => {
      if (this.#unnamed.has(connection)) connection.drop('it did not say hello');
    }, HELLO_WITHIN_MS).unref();
  }

  /** Observes until the command ends, the duration is over, or `interrupted` aborts. The session is complete when the promise resolves. */
  async run(command: Command, interrupted: AbortSignal): Promise<void> {
    this.#command = command;
    const wake = (): void => this.#wake?.();
    void command.exited.then(wake);
    interrupted.addEventListener('abort', wake, { once: true });
    const reason = await this.#observe(command, interrupted);
    if (reason === 'duration') await this.#lastDumps(command);
    else await this.#afterCommand(command);
    const endedAtMs = Date.now();
    for (const process of this.#processes) process.quiet();
    await this.#waitFor(() => this.#processes.every((process) => !process.connected), CLOSE_WITHIN_MS);
    if (this.#options.stop && reason === 'duration') await this.#stop(command);
    this.#end(command, endedAtMs);
  }

  status(): RunStatus {
    const nowMs = Date.now();
    const lead =
      leadingProcesses(
        this.#processes.filter((process) => process.connected),
        nowMs,
      )[0] ??
      this.#processes.find((process) => process.connected) ??
      this.#processes[0];
    return {
      elapsedMs: nowMs - this.#startedAtMs,
      durationMs: this.#options.durationMs,
      process: lead?.status(nowMs),
      otherProcesses: Math.max(0, this.#processes.filter((process) => process.connected).length - 1),
    };
  }

  #hello(frame: HelloFrame, raw: Readonly<Record<string, unknown>>, connection: AgentConnection): ObservedProcess | undefined {
    this.#unnamed.delete(connection);
    if (this.#ended) {
      connection.send({ c: 'quiet' });
      return undefined;
    }
    if (frame.version !== PROTOCOL_VERSION) {
      connection.drop(`it speaks version ${frame.version} of the frames, and ${PROTOCOL_VERSION} is needed`);
      return undefined;
    }
    if (this.#processes.length >= MAX_RECORDED_PROCESSES) {
      if (this.#refused++ === 0)
        this.#event('HEAPTRAIL_TOO_MANY_PROCESSES', `more than ${MAX_RECORDED_PROCESSES} processes; later ones are not observed`);
      connection.send({ c: 'quiet' });
      return undefined;
    }
    try {
      const writer = this.#writer.process(frame.pid);
      writer.frame(raw);
      const process = new ObservedProcess(frame, connection, writer, Date.now(), {
        endsAtMs: this.#endsAtMs,
        wantedDumps: this.#options.dumps ?? defaultDumps(this.#options.durationMs),
        sites: this.#options.sites,
        growth: this.#createGrowthWatch?.(),
      });
      this.#processes.push(process);
      return process;
    } catch (error) {
      this.#event('HEAPTRAIL_PROCESS_NOT_RECORDED', `process ${frame.pid} cannot be recorded (${reasonOf(error)})`);
      connection.send({ c: 'quiet' });
      return undefined;
    }
  }

  #received(process: ObservedProcess, frame: AgentFrame, raw: Readonly<Record<string, unknown>>): void {
    process.receive(frame, raw, Date.now());
    if (frame.t === 'dump' && this.#dumping === process) this.#listener.dump?.(this.status(), frame.status === 'done');
  }

  async #observe(command: Command, interrupted: AbortSignal): Promise<'duration' | 'command' | 'interrupted'> {
    for (;;) {
      this.#tick();
      if (interrupted.aborted) return 'interrupted';
      const over = this.#endsAtMs !== undefined && Date.now() >= this.#endsAtMs;
      if (over) return command.exit() === undefined || this.#connected.length > 0 ? 'duration' : 'command';
      if (command.exit() !== undefined && !(await this.#livesOn())) return 'command';
      this.#startDueDump();
      await this.#sleep();
    }
  }

  /** The command has ended: processes that it left behind are observed on when a duration says how long. */
  async #livesOn(): Promise<boolean> {
    if (this.#endsAtMs === undefined) return false;
    if (this.#connected.length === 0) return false;
    await this.#waitFor(() => this.#connected.length === 0, CLOSE_WITHIN_MS);
    return this.#connected.length > 0;
  }

  #tick(): void {
    const nowMs = Date.now();
    const command = { pid: this.#command?.pid ?? 0, exit: this.#command?.exit() };
    for (const process of this.#processes) process.tick(nowMs, command);
    if (this.#dumping?.isDumpPending !== true) this.#dumping = undefined;
  }

  #startDueDump(): void {
    if (this.#dumping !== undefined) return;
    const nowMs = Date.now();
    let first: { process: ObservedProcess; atMs: number } | undefined;
    const leading = leadingProcesses(this.#connected, nowMs);
    for (const process of leading) {
      const atMs = process.dumpDueAtMs(nowMs, leading.length);
      if (atMs !== undefined && atMs <= nowMs && (first === undefined || atMs < first.atMs)) first = { process, atMs };
    }
    if (first !== undefined) this.#startDump(first.process, nowMs);
  }

  #startDump(process: ObservedProcess, nowMs: number): void {
    this.#dumping = process;
    process.requestDump(nowMs);
  }

  /** The dump and the details at the end, for each leading process in turn. */
  async #lastDumps(command: Command): Promise<void> {
    await this.#dumpDone();
    for (const process of leadingProcesses(this.#connected, Date.now())) {
      if (!process.wantsLastDump(Date.now())) continue;
      this.#startDump(process, Date.now());
      await this.#dumpDone();
    }
    for (const process of this.#connected) process.requestDetail();
    if (this.#connected.length > 0) await this.#waitFor(() => command.exit() !== undefined, DETAIL_WITHIN_MS);
  }

  /** The command ends or was interrupted: hears out what is under way. */
  async #afterCommand(command: Command): Promise<void> {
    await this.#waitFor(() => command.exit() !== undefined, INTERRUPTED_WITHIN_MS);
    await this.#waitFor(() => this.#connected.length === 0 && this.#unnamed.size === 0, CLOSE_WITHIN_MS);
    const left = this.#connected;
    if (left.length === 0) return;
    if (command.exit() !== undefined) {
      this.#event(
        'HEAPTRAIL_PROCESSES_LEFT',
        `${left.length} process${left.length === 1 ? '' : 'es'} of the command live on (${left.map((process) => process.hello.pid).join(', ')}) and are not observed further; give --duration to observe them`,
      );
    }
    await this.#lastDumps(command);
  }

  /** Ends the command, and what it leaves behind of the processes that reported in. */
  async #stop(command: Command): Promise<void> {
    if (command.exit() === undefined) {
      this.#stopped = true;
      command.signal('SIGTERM');
      await this.#waitFor(() => command.exit() !== undefined, STOP_WITHIN_MS);
    }
    if (command.exit() === undefined) {
      this.#event('HEAPTRAIL_COMMAND_KILLED', `the command did not end within ${STOP_WITHIN_MS / 1000} s of SIGTERM and was killed`);
      command.signal('SIGKILL');
      await command.exited;
    }
    const left = this.#processes.filter((process) => process.alive);
    for (const process of left) process.signal('SIGTERM');
    await this.#waitFor(() => left.every((process) => !process.alive), LEFT_WITHIN_MS);
    for (const process of left) process.signal('SIGKILL');
  }

  async #dumpDone(): Promise<void> {
    await this.#waitFor(() => this.#dumping?.isDumpPending !== true, Infinity);
  }

  #end(command: Command, endedAtMs: number): void {
    this.#tick();
    for (const process of this.#processes) process.finish(endedAtMs);
    if (this.#processes.length === 0 && !this.#unsupported) this.#event('HEAPTRAIL_AGENT_ABSENT', agentAbsence(this.#options.command));
    if (this.#writer.lostLines > 0)
      this.#event('HEAPTRAIL_SESSION_INCOMPLETE', `${this.#writer.lostLines} lines could not be written (is the disk full?)`);
    const exit = command.exit();
    if (exit !== undefined) this.#writer.exit(exit.exitCode, exit.signal, Date.now());
    this.#ended = true;
    this.#writer.end(endedAtMs);
  }

  get #connected(): ObservedProcess[] {
    return this.#processes.filter((process) => process.connected);
  }

  #event(code: string, text: string): void {
    if (!this.#ended) this.#writer.event(code, text, Date.now());
  }

  async #waitFor(done: () => boolean, withinMs: number): Promise<void> {
    const untilMs = Date.now() + withinMs;
    while (!done() && Date.now() < untilMs) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      this.#tick();
    }
  }

  /** Until the next tick, or sooner when `#wake` is called. */
  async #sleep(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, TICK_MS);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** After an interruption the command gets this long to end before the report is written without its end. */
const INTERRUPTED_WITHIN_MS = 10_000;
const STOP_WITHIN_MS = 5000;
/** Its workers, whose parent is gone, get this long. */
const LEFT_WITHIN_MS = 2000;
