import { AbortListeners } from '../abort/abort-listeners.ts';
import { asyncDispose } from '../disposal/dispose-symbols.ts';
import { Alarm, type Sleeper } from './alarm.ts';
import { Checkout, type CheckoutInfo } from './checkout.ts';
import { Closing } from './closing.ts';
import { Custody } from './custody.ts';
import { Estate, type Entry } from './estate.ts';
import { Lease, type Lender } from './lease.ts';
import { Observers } from './observers.ts';
import {
  describeCheckout,
  PoolAcquireTimeoutError,
  PoolClosedError,
  PoolCreateError,
  PoolOptionsError,
  PoolQueueFullError,
  stackBelow,
} from './pool-errors.ts';
import { noCounts, type PoolEvent, type PoolObserver, type PoolStatistics } from './pool-events.ts';
import { isTime, settingsOf, type PoolSettings, type ResourcePoolOptions } from './pool-options.ts';
import { type BorrowersStack } from './borrowers-stack.ts';
import { StackRecorder } from './stack-recorder.ts';
import { Supply } from './supply.ts';
import { Waiter, type AcquireOptions } from './waiter.ts';
import { WaitingLine } from './waiting-line.ts';

export interface CloseOptions {
  /** Instead of the pool's `closeTimeoutMs`. When `close` is called again, the earlier end counts. */
  readonly timeoutMs?: number;
}

/**
 * Lends at most `maxSize` resources: first come, first served; the one that came back last is lent first. It holds its
 * resources strongly and its borrowers weakly: a lease that is collected gives its resource back, one that is held for too long
 * is reported, then ended. A pool that is collected unclosed destroys what it has. Lending and giving back take constant time.
 */
export class ResourcePool<R> implements AsyncDisposable {
  readonly #settings: PoolSettings<R>;
  readonly #estate: Estate<R>;
  readonly #alarm: Alarm;
  readonly #supply: Supply<R>;
  readonly #custody: Custody<R>;
  readonly #observers: Observers<PoolEvent>;
  readonly #stacks: StackRecorder;
  readonly #counts = noCounts();
  readonly #waiting = new WaitingLine<Lease<R>>();
  readonly #aborts = new AbortListeners();
  #serving = false;
  #serveAgain = false;
  #closing: Closing | undefined;

  /** As long as this is alive the pool is: the alarm holds it weakly. */
  readonly #sleeper: Sleeper = { wake: () => this.#sweep() };
  readonly #lender: Lender<R> = {
    takeBack: (checkout, discard) => this.#takeBack(checkout, discard),
    nowMs: () => this.#settings.clock.nowMs(),
  };

  /** @throws PoolOptionsError */
  constructor(options: ResourcePoolOptions<R>) {
    const settings = settingsOf(options);
    this.#settings = settings;
    this.#alarm = new Alarm(settings.clock, this.#sleeper);
    this.#estate = new Estate(settings, this.#alarm);
    this.#observers = new Observers(settings.logger);
    this.#stacks = new StackRecorder(settings.stacks, settings.clock);
    this.#supply = new Supply({
      settings,
      estate: this.#estate,
      alarm: this.#alarm,
      observers: this.#observers,
      counts: this.#counts,
      changes: { changed: (nowMs) => this.#serve(nowMs), createFailed: (error) => this.#createFailed(error) },
    });
    this.#custody = new Custody<R>(settings, {
      leaked: (checkout) => this.#reportLeak(checkout),
      overdue: (checkout) => this.#reclaim(checkout),
      collected: (checkout) => this.#takeFromCollected(checkout),
    });
    this.#estate.executeWhenCollected(this);
    this.#serve();
  }

  /** Rejected with PoolAcquireTimeoutError, PoolQueueFullError, PoolClosedError, PoolCreateError or the signal's reason. */
  acquire(options: AcquireOptions = NO_OPTIONS): Promise<Lease<R>> {
    const { clock, name, maxWaiting, validate } = this.#settings;
    if (this.#closing !== undefined) return Promise.reject(new PoolClosedError(name));
    if (options.signal?.aborted === true) return Promise.reject(options.signal.reason as Error);
    if (options.timeoutMs !== undefined && !isTime(options.timeoutMs)) {
      return Promise.reject(new PoolOptionsError(`timeoutMs must be milliseconds from 0 to Infinity, and is ${options.timeoutMs}.`));
    }
    const nowMs = clock.nowMs();
    const stack = this.#stacks.record(nowMs);
    if (this.#waiting.size === 0 && validate === undefined) {
      const entry = this.#supply.takeIdle(nowMs);
      if (entry !== undefined) return Promise.resolve(this.#lend(entry, options.label, stack, nowMs));
    }
    const servedSoon = this.#supply.idle + this.#supply.creating + this.#supply.room;
    if (this.#waiting.size >= servedSoon + maxWaiting) {
      this.#counts.refused++;
      return Promise.reject(new PoolQueueFullError(name, maxWaiting));
    }
    const waiter = this.#waiterFor(options, stack, nowMs);
    this.#waiting.join(waiter);
    this.#serve(nowMs);
    return waiter.promise;
  }

  /** Borrows for the time of one call. */
  async use<T>(run: (resource: R, lease: Lease<R>) => T | PromiseLike<T>, options?: AcquireOptions): Promise<T> {
    const lease = await this.acquire(options);
    try {
      return await run(lease.resource, lease);
    } finally {
      if (lease.isHeld) await lease.release();
    }
  }

  /**
   * Calls `observer` with what happens, until the handle is disposed; with events of the types in `only`, if given. The observer
   * is held strongly. One that is told of checkouts costs the text of each stack.
   */
  observe(observer: PoolObserver, only?: readonly PoolEvent['type'][]): Disposable {
    return this.#observers.add(observer, only);
  }

  /** Who holds what now, the oldest first. */
  checkouts(): readonly CheckoutInfo[] {
    const nowMs = this.#settings.clock.nowMs();
    return Array.from(this.#custody, (checkout) => checkout.describe(nowMs));
  }

  statistics(): PoolStatistics {
    const { size, idle, creating, validating, resetting, destroying } = this.#supply;
    const leased = this.#custody.size;
    return { size, idle, leased, creating, validating, resetting, destroying, waiting: this.#waiting.size + validating, ...this.#counts };
  }

  /**
   * Lends nothing more, rejects who waits, and is fulfilled when every resource is destroyed. Leases that are not given back in
   * time are taken by force. The process is kept alive for that time, no longer.
   */
  close(options: CloseOptions = {}): Promise<void> {
    this.#closing ??= this.#beginClosing();
    const { clock, closeTimeoutMs } = this.#settings;
    this.#closing.forceAfter(clock, options.timeoutMs ?? closeTimeoutMs, () => this.#force());
    this.#serve();
    return this.#closing.done;
  }

  [asyncDispose](): Promise<void> {
    return this.close();
  }

  #lend(entry: Entry<R>, label: string | undefined, stack: BorrowersStack | undefined, nowMs: number): Lease<R> {
    entry.isNew = false;
    const checkout = new Checkout(entry, label, stack, nowMs);
    const lease = new Lease(this.#lender, checkout);
    checkout.young = lease;
    this.#alarm.by(this.#custody.add(checkout), nowMs);
    this.#counts.acquired++;
    if (this.#observers.wants('acquired')) this.#observers.tell({ type: 'acquired', checkout: checkout.describe(nowMs) });
    return lease;
  }

  #takeBack(checkout: Checkout<R>, discard: boolean): Promise<void> {
    this.#end(checkout, 'released');
    return this.#supply.takeBack(checkout.entry, discard ? 'discarded' : undefined);
  }

  #takeFromCollected(checkout: Checkout<R>): void {
    this.#end(checkout, 'collected');
    this.#stacks.leaked(checkout.stack);
    this.#warn('HEAPTRAIL_POOL_LEASE_COLLECTED', 'lost a lease that was not released', ' The resource is taken back.', checkout);
    void this.#supply.takeBack(checkout.entry, this.#settings.whenCollected === 'destroy' ? 'collected' : undefined);
  }

  #reportLeak(checkout: Checkout<R>): void {
    this.#counts.leaks++;
    this.#stacks.leaked(checkout.stack);
    const then = this.#settings.reclaimAfterMs === Infinity ? '' : ` It is taken by force after ${this.#settings.reclaimAfterMs} ms.`;
    this.#warn('HEAPTRAIL_POOL_LEAK', 'has a lease that is not given back', then, checkout);
    if (this.#observers.wants('leak')) this.#observers.tell({ type: 'leak', checkout: this.#describe(checkout) });
  }

  #reclaim(checkout: Checkout<R>): void {
    this.#end(checkout, 'reclaimed');
    this.#warn('HEAPTRAIL_POOL_RECLAIMED', 'took a resource by force', ' It is destroyed.', checkout);
    void this.#supply.takeBack(checkout.entry, 'reclaimed');
  }

  #end(checkout: Checkout<R>, how: 'released' | 'reclaimed' | 'collected'): void {
    this.#custody.remove(checkout);
    checkout.state = how;
    this.#counts[how]++;
    if (this.#observers.wants(how)) this.#observers.tell({ type: how, checkout: this.#describe(checkout) });
  }

  #describe(checkout: Checkout<R>): CheckoutInfo {
    return checkout.describe(this.#settings.clock.nowMs());
  }

  #warn(code: string, what: string, then: string, checkout: Checkout<R>): void {
    const info = this.#describe(checkout);
    this.#settings.logger.warn(code, `${this.#settings.name} ${what}: ${describeCheckout(info)}.${then}${stackBelow(info)}`);
  }

  #waiterFor(options: AcquireOptions, stack: BorrowersStack | undefined, nowMs: number): Waiter<Lease<R>> {
    const { clock, acquireTimeoutMs, keepsProcessAlive } = this.#settings;
    const { label, signal, timeoutMs = acquireTimeoutMs } = options;
    const hasTimer = keepsProcessAlive || timeoutMs !== acquireTimeoutMs;
    const waiter = new Waiter<Lease<R>>(label, stack, hasTimer ? Infinity : nowMs + timeoutMs);
    if (hasTimer) waiter.endAfter(clock, timeoutMs, keepsProcessAlive, () => this.#timeOut(waiter, timeoutMs));
    else if (timeoutMs !== Infinity) {
      this.#alarm.by(waiter.deadlineMs, nowMs);
      this.#alarm.hold(this.#sleeper);
    }
    if (signal !== undefined) waiter.endWith(signal, this.#aborts, () => this.#leave(waiter, 'aborted'));
    return waiter;
  }

  #timeOut(waiter: Waiter<Lease<R>>, timeoutMs = this.#settings.acquireTimeoutMs): void {
    this.#leave(waiter, 'timeout');
    waiter.fail(new PoolAcquireTimeoutError(this.#settings.name, timeoutMs, this.checkouts()));
  }

  #leave(waiter: Waiter<Lease<R>>, why: 'timeout' | 'aborted'): void {
    this.#waiting.leave(waiter);
    if (this.#waiting.isEmpty) this.#alarm.hold(undefined);
    this.#counts[why === 'timeout' ? 'timeouts' : 'aborts']++;
    if (this.#observers.wants('waiter-left')) this.#observers.tell({ type: 'waiter-left', why, label: waiter.label });
  }

  #createFailed(error: unknown): boolean {
    const waiter = this.#waiting.next();
    waiter?.fail(new PoolCreateError(this.#settings.name, error));
    return waiter !== undefined;
  }

  /** Lends what can be lent and makes what is missing. What it calls may call it again: that is a further round, not a deeper one. */
  #serve(nowMs?: number): void {
    this.#serveAgain = true;
    if (this.#serving) return;
    this.#serving = true;
    try {
      while (this.#serveAgain) {
        this.#serveAgain = false;
        this.#serveWaiting(nowMs);
        this.#supply.grow(this.#waiting.size);
      }
    } finally {
      // A logger that throws must not stop the pool for ever.
      this.#serving = false;
    }
    if (this.#waiting.isEmpty) this.#alarm.hold(undefined);
    this.#finishClosing();
  }

  #serveWaiting(nowMs = this.#settings.clock.nowMs()): void {
    while (this.#waiting.size > 0) {
      const entry = this.#supply.takeIdle(nowMs);
      if (entry === undefined) return;
      const waiter = this.#waiting.next()!;
      if (this.#supply.needsValidation(entry, nowMs)) {
        this.#waiting.setApart(waiter);
        this.#supply.validate(entry, (valid) => this.#validated(entry, waiter, valid));
      } else waiter.grant(this.#lend(entry, waiter.label, waiter.stack, nowMs));
    }
  }

  #validated(entry: Entry<R>, waiter: Waiter<Lease<R>>, valid: boolean): void {
    const isOpen = this.#closing === undefined;
    const granted = valid && isOpen && !waiter.settled;
    this.#waiting.backFromApart(waiter, isOpen && !granted);
    if (granted) waiter.grant(this.#lend(entry, waiter.label, waiter.stack, this.#settings.clock.nowMs()));
    else {
      if (!isOpen) waiter.fail(new PoolClosedError(this.#settings.name));
      if (valid) this.#supply.offer(entry);
    }
    this.#serve();
  }

  #sweep(): number {
    const nowMs = this.#settings.clock.nowMs();
    const waitingMs = this.#waiting.sweep(nowMs, (waiter) => this.#timeOut(waiter));
    return Math.min(waitingMs, this.#custody.sweep(nowMs), this.#supply.sweep(nowMs));
  }

  #beginClosing(): Closing {
    const closing = new Closing();
    for (let waiter = this.#waiting.next(); waiter !== undefined; waiter = this.#waiting.next()) {
      waiter.fail(new PoolClosedError(this.#settings.name));
    }
    this.#supply.close();
    return closing;
  }

  #force(): void {
    this.#supply.abandonCalls();
    // Whoever is told of one may end another.
    for (const checkout of [...this.#custody]) if (checkout.state === 'out') this.#reclaim(checkout);
    this.#serve();
  }

  #finishClosing(): void {
    if (this.#closing === undefined || this.#supply.size > 0) return;
    this.#estate.closedInLifetime();
    if (this.#closing.finish() && this.#observers.wants('closed')) this.#observers.tell({ type: 'closed' });
    this.#observers.clear();
  }
}

const NO_OPTIONS: AcquireOptions = {};
