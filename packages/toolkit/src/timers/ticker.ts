import { type Clock, type ClockTimer } from '../clock/clock.ts';
import { systemClock } from '../clock/system-clock.ts';
import { dispose } from '../disposal/dispose-symbols.ts';
import { messageOf } from '../errors/message-of.ts';
import { consoleLogger, type Logger } from '../logger/logger.ts';
import { DueQueue, type Due } from './due-queue.ts';
import { TickerClosedError, TickerIntervalError, TickerOwnerError } from './ticker-errors.ts';

/** `setTimeout` takes 32 bits, and fires at once when given more. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

export interface TickerOptions {
  readonly clock?: Clock;
  /** Told of tasks that throw. */
  readonly logger?: Logger;
  /** Whether the process waits for tasks that are still to run. `false` unless given. */
  readonly keepsProcessAlive?: boolean;
}

type Work<O extends object> = (owner: O) => unknown;

/** Lives as long as its owner: it is a value of the weak map whose key the owner is, so it may capture the owner. */
interface Task {
  readonly owner: object;
  readonly work: Work<never>;
  /** A promise of its last run has not settled. */
  busy: boolean;
}

interface Scheduled extends Due {
  readonly task: WeakRef<Task>;
  /** 0: once. */
  readonly intervalMs: number;
}

/**
 * One real timer for any number of tasks. Owners are held weakly, and so is what a task captures: when the owner is gone the
 * task goes, whatever its function holds. There is no timer while there is no task. Adding, removing and running a task take
 * logarithmic time.
 */
export class Ticker implements Disposable {
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #keepsProcessAlive: boolean;
  readonly #queue = new DueQueue<Scheduled>();
  #tasks = new WeakMap<object, Set<Task>>();
  readonly #gone = new FinalizationRegistry<Scheduled>((scheduled) => this.#drop(scheduled));
  #timer: ClockTimer | undefined;
  #timerAtMs = Infinity;
  #closed = false;

  constructor(options: TickerOptions = {}) {
    this.#clock = options.clock ?? systemClock;
    this.#logger = options.logger ?? consoleLogger;
    this.#keepsProcessAlive = options.keepsProcessAlive ?? false;
  }

  /** Tasks that are still to run. Those whose owner was collected go when the collector says so, at the latest when they are due. */
  get size(): number {
    return this.#queue.size;
  }

  /**
   * Calls `work(owner)` every `intervalMs`, first after one interval, as long as the owner lives and the handle is not
   * disposed. The times are multiples of the interval from now, so they do not drift; those that are missed are left out, and
   * so are those at which the promise of the run before has not settled.
   */
  every<O extends object>(intervalMs: number, owner: O, work: Work<O>): Disposable {
    if (typeof intervalMs !== 'number' || !(intervalMs > 0)) throw new TickerIntervalError('every', 'more than 0', intervalMs);
    return this.#add(intervalMs, intervalMs, owner, work);
  }

  /** Calls `work(owner)` once after `delayMs`, unless the owner is gone by then or the handle was disposed. */
  once<O extends object>(delayMs: number, owner: O, work: Work<O>): Disposable {
    if (typeof delayMs !== 'number' || !(delayMs >= 0)) throw new TickerIntervalError('once', '0 or more', delayMs);
    return this.#add(delayMs, 0, owner, work);
  }

  /** No task runs any more. */
  [dispose](): void {
    this.#closed = true;
    this.#queue.clear();
    this.#tasks = new WeakMap();
    this.#arm();
  }

  #add<O extends object>(delayMs: number, intervalMs: number, owner: O, work: Work<O>): Disposable {
    if (this.#closed) throw new TickerClosedError();
    if (Object(owner) !== owner) throw new TickerOwnerError(owner);
    const task: Task = { owner, work, busy: false };
    const scheduled: Scheduled = { task: new WeakRef(task), intervalMs, dueMs: this.#clock.nowMs() + delayMs, at: -1 };
    const ofOwner = this.#tasks.get(owner);
    if (ofOwner === undefined) this.#tasks.set(owner, new Set([task]));
    else ofOwner.add(task);
    this.#gone.register(task, scheduled, scheduled);
    this.#queue.add(scheduled);
    this.#arm();
    return { [dispose]: () => this.#drop(scheduled) };
  }

  #drop(scheduled: Scheduled): void {
    this.#queue.remove(scheduled);
    this.#gone.unregister(scheduled);
    const task = scheduled.task.deref();
    if (task !== undefined) this.#tasks.get(task.owner)?.delete(task);
    this.#arm();
  }

  #ring(): void {
    this.#timer = undefined;
    this.#timerAtMs = Infinity;
    const nowMs = this.#clock.nowMs();
    try {
      for (let first = this.#queue.first; first !== undefined && first.dueMs <= nowMs; first = this.#queue.first) {
        const task = first.task.deref();
        if (task === undefined || first.intervalMs === 0) this.#drop(first);
        else {
          this.#queue.remove(first);
          first.dueMs = nextAfter(nowMs, first);
          this.#queue.add(first);
        }
        if (task !== undefined && !task.busy) this.#run(task, first.intervalMs > 0);
      }
    } finally {
      // A logger that throws must not stop the ticker for ever.
      this.#arm();
    }
  }

  #run(task: Task, repeats: boolean): void {
    try {
      const result = (task.work as Work<object>)(task.owner);
      if (!isThenable(result)) return;
      task.busy = true;
      result.then(
        () => (task.busy = false),
        (error: unknown) => {
          task.busy = false;
          this.#report(error, repeats);
        },
      );
    } catch (error) {
      this.#report(error, repeats);
    }
  }

  #report(error: unknown, repeats: boolean): void {
    this.#logger.warn('HEAPTRAIL_TICKER_TASK', `A task threw: ${messageOf(error)}.${repeats ? ' It runs again when it is due.' : ''}`);
  }

  #arm(): void {
    const atMs = this.#queue.first?.dueMs ?? Infinity;
    if (atMs === this.#timerAtMs) return;
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#timerAtMs = atMs;
    if (atMs === Infinity) return;
    const delayMs = Math.min(LONGEST_DELAY_MS, Math.max(0, Math.ceil(atMs - this.#clock.nowMs())));
    this.#timer = this.#clock.after(delayMs, () => this.#ring(), { keepsProcessAlive: this.#keepsProcessAlive });
  }
}

/** The first multiple of the interval that is later than now; for an interval too small to move a time, a millisecond later. */
function nextAfter(nowMs: number, { dueMs, intervalMs }: Scheduled): number {
  const nextMs = dueMs + intervalMs * (1 + Math.floor((nowMs - dueMs) / intervalMs));
  return nextMs > nowMs ? nextMs : nowMs + 1;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
