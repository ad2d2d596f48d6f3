import { constants } from 'node:os';
import { readStat } from '../proc/read-stat.ts';
import type { Command } from './launch.ts';

/** Signals that end the observation; a second one soon after kills the command. Later ones are the command's own again: an interactive program gets many. */
const ENDING = ['SIGINT', 'SIGTERM', 'SIGQUIT'] as const;
const IMPATIENCE_MS = 10_000;
/** A signal from the terminal ends the command and reaches us, in either order, within this time. */
const SAME_SIGNAL_MS = 500;
/** Signals that mean something to a service and nothing to us. */
const PASSED = ['SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGCONT', 'SIGWINCH'] as const;
/** The terminal sends these to the whole foreground group, so the command has them already. */
const FROM_TERMINAL: ReadonlySet<NodeJS.Signals> = new Set(['SIGINT', 'SIGQUIT', 'SIGWINCH']);

/**
 * Passes signals on to the command as long as it lives; those that came before it was started are passed on then. `interrupted`
 * aborts at the first one that asks for an end.
 */
export class SignalRelay {
  readonly #controller = new AbortController();
  readonly #handlers = new Map<NodeJS.Signals, () => void>();
  #command: Command | undefined;
  #early: NodeJS.Signals[] = [];
  #lastEndingAtMs = -Infinity;
  #exitedAtMs = Infinity;

  constructor() {
    for (const signal of ENDING) {
      this.#handle(signal, () => {
        // The command is gone for a while already: this one is for us, who are busy with the report. What was recorded stays.
        if (Date.now() - this.#exitedAtMs > SAME_SIGNAL_MS) process.exit(128 + constants.signals[signal]);
        const again = Date.now() - this.#lastEndingAtMs < IMPATIENCE_MS;
        this.#lastEndingAtMs = Date.now();
        this.#pass(again ? 'SIGKILL' : signal);
        this.#controller.abort();
      });
    }
    for (const signal of PASSED) this.#handle(signal, () => this.#pass(signal));
  }

  attach(command: Command): void {
    this.#command = command;
    void command.exited.then(() => (this.#exitedAtMs = Date.now()));
    for (const signal of this.#early.splice(0)) command.signal(signal);
  }

  get interrupted(): AbortSignal {
    return this.#controller.signal;
  }

  close(): void {
    for (const [signal, handler] of this.#handlers) process.removeListener(signal, handler);
    this.#handlers.clear();
  }

  #handle(signal: NodeJS.Signals, handler: () => void): void {
    this.#handlers.set(signal, handler);
    process.on(signal, handler);
  }

  #pass(signal: NodeJS.Signals): void {
    if (this.#command === undefined) this.#early.push(signal);
    else if (!FROM_TERMINAL.has(signal) || !inForeground()) this.#command.signal(signal);
  }
}

/** We, and so the command, are the foreground group of a terminal. */
function inForeground(): boolean {
  const stat = readStat('self');
  return stat !== undefined && stat.terminal !== 0 && stat.processGroup === stat.foregroundGroup;
}
