import { type Alarm } from './alarm.ts';
import { type CallBounds } from './bounded-call.ts';
import { Entry, type Estate } from './estate.ts';
import { LinkedList } from './linked-list.ts';
import { type Observers } from './observers.ts';
import { PendingCalls } from './pending-calls.ts';
import { PoolClosedError } from './pool-errors.ts';
import { type Counts, type DestroyReason, type PoolEvent } from './pool-events.ts';
import { type CreateContext, type PoolSettings } from './pool-options.ts';

/** So long what was made needs no validation before it is lent for the first time. */
const NEW_FOR_MS = 1_000;
const RETRY_FIRST_MS = 200;
const RETRY_MOST_MS = 30_000;

export interface SupplyChanges {
  /** There is something to lend, or room to make something. */
  changed(nowMs?: number): void;
  /** @returns whether somebody was told of it; else the supply tries again by itself when `minSize` asks for it. */
  createFailed(error: unknown): boolean;
}

export interface SupplyParts<R> {
  readonly settings: PoolSettings<R>;
  readonly estate: Estate<R>;
  readonly alarm: Alarm;
  readonly observers: Observers<PoolEvent>;
  readonly counts: Counts;
  readonly changes: SupplyChanges;
}

/** The resources of a pool that are not lent, and everything that calls the factory: making, checking, resetting, ending. */
export class Supply<R> {
  readonly #settings: PoolSettings<R>;
  readonly #estate: Estate<R>;
  readonly #alarm: Alarm;
  readonly #observers: Observers<PoolEvent>;
  readonly #counts: Counts;
  readonly #changes: SupplyChanges;
  /** The first has been idle for longest, the last is lent next. */
  readonly #idle = new LinkedList<Entry<R>>();
  readonly #calls = new PendingCalls();
  creating = 0;
  validating = 0;
  resetting = 0;
  destroying = 0;
  #closed = false;
  #retryAtMs = -Infinity;
  #retryDelayMs = RETRY_FIRST_MS;

  constructor(parts: SupplyParts<R>) {
    this.#settings = parts.settings;
    this.#estate = parts.estate;
    this.#alarm = parts.alarm;
    this.#observers = parts.observers;
    this.#counts = parts.counts;
    this.#changes = parts.changes;
  }

  get idle(): number {
    return this.#idle.size;
  }

  /** Every resource that exists or may. */
  get size(): number {
    return this.#estate.entries.size + this.creating + this.destroying;
  }

  get room(): number {
    return this.#settings.maxSize - this.size;
  }

  takeIdle(nowMs: number): Entry<R> | undefined {
    for (let entry = this.#idle.takeLast(); entry !== undefined; entry = this.#idle.takeLast()) {
      if (!this.#isExpired(entry, nowMs)) return entry;
      this.destroy(entry, 'lifetime');
    }
    return undefined;
  }

  /** Begins to make as many as `wanted` and `minSize` ask for and `maxSize` allows. */
  grow(wanted: number): void {
    if (this.#closed) return;
    for (let missing = wanted - this.creating; missing > 0 && this.room > 0; missing--) this.#create();
    if (this.#settings.minSize === 0 || this.#retryAtMs > this.#settings.clock.nowMs()) return;
    for (let missing = this.#settings.minSize - this.size; missing > 0; missing--) this.#create();
  }

  /**
   * Not what was made just now: were such resources refused, making and refusing would go on for ever and let nothing else run.
   */
  needsValidation(entry: Entry<R>, nowMs: number): boolean {
    return this.#settings.validate !== undefined && !(entry.isNew && nowMs - entry.createdAtMs < NEW_FOR_MS);
  }

  /** Answers whether the resource may be lent; one that may not is being destroyed then. */
  validate(entry: Entry<R>, answer: (valid: boolean) => void): void {
    const invalid = (error: unknown): void => {
      this.validating--;
      this.#counts.validateFailures++;
      if (this.#observers.wants('validate-failed')) this.#observers.tell({ type: 'validate-failed', error });
      this.destroy(entry, 'invalid');
      answer(false);
    };
    this.validating++;
    this.#calls.call<boolean>(this.#bounds('validate'), () => this.#settings.validate!(entry.resource!), {
      done: (valid) => {
        // Told while it was looked at: validate may have answered before.
        if (!valid || entry.broken) {
          invalid(undefined);
          return;
        }
        this.validating--;
        answer(true);
      },
      failed: invalid,
    });
  }

  /** A resource that was lent comes back. The promise is fulfilled when it has been reset, whatever came of it. */
  takeBack(entry: Entry<R>, why: DestroyReason | undefined): Promise<void> {
    const ending = why ?? this.#reasonToEnd(entry);
    if (ending !== undefined) {
      this.destroy(entry, ending);
      this.#changes.changed();
      return DONE;
    }
    if (this.#settings.reset !== undefined) return this.#reset(entry);
    this.offer(entry);
    return DONE;
  }

  /** Makes a resource idle that is fit to be lent. */
  offer(entry: Entry<R>): void {
    const nowMs = this.#settings.clock.nowMs();
    const ending = this.#reasonToEnd(entry, nowMs);
    if (ending !== undefined) this.destroy(entry, ending);
    else {
      entry.idleSinceMs = nowMs;
      this.#idle.pushLast(entry);
      this.#alarm.by(this.#idleDueMs(), nowMs);
    }
    this.#changes.changed(nowMs);
  }

  destroy(entry: Entry<R>, why: DestroyReason): void {
    this.destroying++;
    this.#estate.destroy(
      entry,
      (error) => {
        this.destroying--;
        if (error === undefined) this.#counts.destroyed++;
        else this.#counts.destroyFailures++;
        this.#estate.reportDestroy(error);
        if (this.#observers.wants(error === undefined ? 'destroyed' : 'destroy-failed'))
          this.#observers.tell(error === undefined ? { type: 'destroyed', why } : { type: 'destroy-failed', why, error });
        this.#changes.changed();
      },
      this.#closed,
    );
  }

  /** Ends what has been idle or alive for too long; the time at which to look again. */
  sweep(nowMs: number): number {
    const { minSize, idleTimeoutMs, maxLifetimeMs } = this.#settings;
    for (let first = this.#idle.first; first !== undefined && this.size > minSize; first = this.#idle.first) {
      if (first.idleSinceMs + idleTimeoutMs > nowMs) break;
      this.#idle.remove(first);
      this.destroy(first, 'idle');
    }
    let nextMs = Math.min(this.#idleDueMs(), this.#retryAtMs > nowMs ? this.#retryAtMs : Infinity);
    if (maxLifetimeMs !== Infinity) {
      // In the order of creation. Those that are lent are replaced when they come back.
      for (const entry of this.#estate.entries) {
        if (!this.#isExpired(entry, nowMs)) {
          nextMs = Math.min(nextMs, entry.createdAtMs + maxLifetimeMs);
          break;
        }
        if (this.#idle.remove(entry)) this.destroy(entry, 'lifetime');
      }
    }
    this.#changes.changed();
    return nextMs;
  }

  close(): void {
    this.#closed = true;
    for (let entry = this.#idle.takeFirst(); entry !== undefined; entry = this.#idle.takeFirst()) this.destroy(entry, 'closed');
  }

  /** What the factory is at is waited for no longer. What it still makes is destroyed when it comes. */
  abandonCalls(): void {
    this.#calls.giveUpAll(new PoolClosedError(this.#settings.name));
  }

  #create(): void {
    const entry = new Entry<R>();
    const controller = new AbortController();
    const context: CreateContext = { signal: controller.signal, broken: brokenThrough(new WeakRef(this), entry) };
    this.creating++;
    this.#calls.call<R>(this.#bounds('create'), () => this.#settings.create(context), {
      done: (resource) => {
        if (entry.broken) this.#createdBroken(entry, resource);
        else this.#created(entry, resource);
      },
      failed: (error) => {
        controller.abort(error);
        this.#createFailed(error);
      },
      late: (resource) => {
        this.#admit(entry, resource);
        this.destroy(entry, 'late');
      },
    });
  }

  #created(entry: Entry<R>, resource: R): void {
    this.creating--;
    this.#retryDelayMs = RETRY_FIRST_MS;
    this.#retryAtMs = -Infinity;
    this.#admit(entry, resource);
    if (this.#settings.maxLifetimeMs !== Infinity) this.#alarm.by(entry.createdAtMs + this.#settings.maxLifetimeMs, entry.createdAtMs);
    this.offer(entry);
  }

  /** As a failure: were it only replaced, a factory whose resources are all broken would be called for ever. */
  #createdBroken(entry: Entry<R>, resource: R): void {
    this.#admit(entry, resource);
    this.destroy(entry, 'broken');
    this.#createFailed(new Error('context.broken() was called before create() had returned'));
  }

  #admit(entry: Entry<R>, resource: R): void {
    entry.resource = resource;
    entry.createdAtMs = this.#settings.clock.nowMs();
    this.#estate.entries.add(entry);
    this.#counts.created++;
    if (this.#observers.wants('created')) this.#observers.tell({ type: 'created' });
  }

  #createFailed(error: unknown): void {
    this.creating--;
    this.#counts.createFailures++;
    if (this.#observers.wants('create-failed')) this.#observers.tell({ type: 'create-failed', error });
    // Also where what failed is still being destroyed and counts: its end must not begin the next at once.
    if (!this.#changes.createFailed(error) && !this.#closed && this.#settings.minSize > 0) {
      const nowMs = this.#settings.clock.nowMs();
      this.#retryAtMs = nowMs + this.#retryDelayMs;
      this.#retryDelayMs = Math.min(2 * this.#retryDelayMs, RETRY_MOST_MS);
      this.#alarm.by(this.#retryAtMs, nowMs);
    }
    this.#changes.changed();
  }

  #reset(entry: Entry<R>): Promise<void> {
    this.resetting++;
    return new Promise((resolve) => {
      this.#calls.call<unknown>(this.#bounds('reset'), () => this.#settings.reset!(entry.resource!), {
        done: () => {
          this.resetting--;
          this.offer(entry);
          resolve();
        },
        failed: (error) => {
          this.resetting--;
          this.#counts.resetFailures++;
          if (this.#observers.wants('reset-failed')) this.#observers.tell({ type: 'reset-failed', error });
          this.destroy(entry, 'reset-failed');
          this.#changes.changed();
          resolve();
        },
      });
    });
  }

  /** For `context.broken`. */
  endIfIdle(entry: Entry<R>): void {
    if (this.#idle.remove(entry)) this.destroy(entry, 'broken');
  }

  #reasonToEnd(entry: Entry<R>, nowMs?: number): DestroyReason | undefined {
    if (this.#closed) return 'closed';
    if (entry.broken) return 'broken';
    if (this.#settings.maxLifetimeMs === Infinity) return undefined;
    return this.#isExpired(entry, nowMs ?? this.#settings.clock.nowMs()) ? 'lifetime' : undefined;
  }

  #isExpired(entry: Entry<R>, nowMs: number): boolean {
    return nowMs >= entry.createdAtMs + this.#settings.maxLifetimeMs;
  }

  #idleDueMs(): number {
    const { first } = this.#idle;
    return first === undefined || this.size <= this.#settings.minSize ? Infinity : first.idleSinceMs + this.#settings.idleTimeoutMs;
  }

  #bounds(operation: 'create' | 'validate' | 'reset'): CallBounds {
    const { clock, [`${operation}TimeoutMs` as const]: timeoutMs } = this.#settings;
    return { operation, clock, timeoutMs, keepsProcessAlive: this.#closed };
  }
}

const DONE = /* @__PURE__ */ Promise.resolve();

/** Handed to the resource's own events, which may outlive the pool: it reaches the entry, and the supply weakly. */
function brokenThrough<R>(supply: WeakRef<Supply<R>>, entry: Entry<R>): () => void {
  return () => {
    entry.broken = true;
    supply.deref()?.endIfIdle(entry);
  };
}
