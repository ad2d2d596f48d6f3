import { AbortListeners } from '../abort/abort-listeners.ts';
import { systemClock } from '../clock/system-clock.ts';
import { asyncDispose } from '../disposal/dispose-symbols.ts';
import { consoleLogger } from '../logger/logger.ts';
import { isTime } from '../resource-pool/pool-options.ts';
import { PoolClosedError, PoolOptionsError } from '../resource-pool/pool-errors.ts';
import { ResourcePool, type CloseOptions } from '../resource-pool/resource-pool.ts';
import { RunningTask, type TaskEnd } from './running-task.ts';
import { TaskTimeoutError } from './task-errors.ts';
import { type RunOptions, type Task, type TaskPoolOptions, type TaskPoolStatistics } from './task-options.ts';

/**
 * Runs at most `concurrency` tasks at a time, the others in the order in which they came. A place is a resource of a
 * `ResourcePool`, lent for as long as the task runs: queue, limits, abort and closing are those of the pool. Holds waiting
 * tasks strongly and running ones weakly, so a task whose promise nothing can settle any more gives its place back.
 */
export class TaskPool<W = undefined> implements AsyncDisposable {
  readonly #options: TaskPoolOptions<W>;
  readonly #places: ResourcePool<W>;
  readonly #running = new Set<WeakRef<RunningTask>>();
  readonly #aborts = new AbortListeners();
  readonly #counts = { started: 0, completed: 0, failed: 0, timeouts: 0, aborts: 0, abandoned: 0 };

  /** @throws PoolOptionsError */
  constructor(options: TaskPoolOptions<W>) {
    const { concurrency, maxQueued = Infinity, queueTimeoutMs = Infinity, workers, name = 'The task pool' } = options;
    checkOptions(options);
    this.#options = { ...options, name };
    this.#places = new ResourcePool<W>({
      // A place without a worker: nothing to make, nothing to end, and no reason to end it.
      ...(workers ?? { create: () => undefined as W, idleTimeoutMs: Infinity }),
      maxSize: concurrency,
      maxWaiting: maxQueued,
      acquireTimeoutMs: queueTimeoutMs,
      whenCollected: 'destroy',
      closeTimeoutMs: options.closeTimeoutMs ?? 10_000,
      name,
      clock: options.clock ?? systemClock,
      logger: options.logger ?? consoleLogger,
    });
    this.#places.observe(
      ({ type }) => {
        if (type === 'reclaimed') this.#abortTaken();
        else this.#forgetCollected();
      },
      ['reclaimed', 'collected'],
    );
  }

  /**
   * The task's answer. Rejected with what the task throws, with TaskTimeoutError, PoolQueueFullError, PoolClosedError,
   * PoolAcquireTimeoutError (when it waited for longer than `queueTimeoutMs`) or the signal's reason.
   */
  async run<T>(task: Task<T, W>, options: RunOptions = {}): Promise<T> {
    const { label, signal } = options;
    checkTime('timeoutMs', options.timeoutMs);
    const lease = await this.#places.acquire({ label, signal, timeoutMs: options.queueTimeoutMs });
    if (signal?.aborted === true) {
      void lease.release();
      throw signal.reason;
    }
    const { clock = systemClock, name = '', workers } = this.#options;
    // Closed by force in the moment between the two.
    if (!lease.isHeld) throw new PoolClosedError(name);
    const timeoutMs = options.timeoutMs ?? this.#options.timeoutMs ?? Infinity;
    const running = new RunningTask(lease, {
      clock,
      timeoutMs,
      abandonAfterMs: this.#options.abandonAfterMs ?? 2 * timeoutMs,
      signal,
      aborts: this.#aborts,
      hasWorker: workers !== undefined,
      timeoutError: () => new TaskTimeoutError(name, label, timeoutMs),
      ended: (how) => this.#ended(how, reference),
      abandoned: () => this.#abandoned(label),
    });
    const reference = new WeakRef(running);
    this.#counts.started++;
    this.#running.add(reference);
    running.start(task);
    return running.answer as Promise<T>;
  }

  statistics(): TaskPoolStatistics {
    const { leased, waiting, refused, collected } = this.#places.statistics();
    return { running: leased, queued: waiting, ...this.#counts, refused, collected };
  }

  /** Takes no more tasks, rejects those that wait, and is fulfilled when none runs; aborts what runs for longer than it waits. */
  close(options?: CloseOptions): Promise<void> {
    return this.#places.close(options);
  }

  [asyncDispose](): Promise<void> {
    return this.close();
  }

  #ended(how: TaskEnd, reference: WeakRef<RunningTask>): void {
    this.#counts[how]++;
    this.#running.delete(reference);
  }

  /** What gave its place back because nothing could end it any more. */
  #forgetCollected(): void {
    for (const each of this.#running) if (each.deref() === undefined) this.#running.delete(each);
  }

  #abandoned(label: string | undefined): void {
    this.#counts.abandoned++;
    const { logger = consoleLogger, name } = this.#options;
    logger.warn(
      'HEAPTRAIL_TASK_ABANDONED',
      `${name} took the place of ${label === undefined ? 'a task' : `"${label}"`} that did not end although its signal was aborted. Heed the signal.`,
    );
  }

  /** Closing by force took their places. */
  #abortTaken(): void {
    for (const each of [...this.#running]) {
      const running = each.deref();
      if (running?.isTaken === true) running.giveUp('aborts', new PoolClosedError(this.#options.name ?? ''));
    }
  }
}

function checkOptions({
  concurrency,
  maxQueued = 0,
  queueTimeoutMs = 0,
  timeoutMs = 0,
  abandonAfterMs = 0,
}: Omit<TaskPoolOptions, 'workers'>): void {
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new PoolOptionsError(`concurrency must be a whole number from 1, and is ${concurrency}.`);
  }
  for (const [option, value] of Object.entries({ maxQueued, queueTimeoutMs, timeoutMs, abandonAfterMs })) checkTime(option, value);
}

function checkTime(option: string, value = 0): void {
  if (!isTime(value)) throw new PoolOptionsError(`${option} must be from 0 to Infinity, and is ${value}.`);
}
