import { type Clock } from '../clock/clock.ts';
import { asyncDispose, dispose } from '../disposal/dispose-symbols.ts';
import { messageOf } from '../errors/message-of.ts';
import { type Logger } from '../logger/logger.ts';
import { type Alarm, type Heir } from './alarm.ts';
import { callWithin } from './bounded-call.ts';
import { ListNode } from './linked-list.ts';
import { type PoolSettings } from './pool-options.ts';

/** One resource of a pool. In a list of the pool while it is idle. */
export class Entry<R> extends ListNode<Entry<R>> {
  /** Undefined until `create` has answered. */
  resource: R | undefined;
  createdAtMs = 0;
  idleSinceMs = 0;
  broken = false;
  /** Not lent so far. */
  isNew = true;
}

/**
 * What is left to do when a pool is gone: its resources and the way to end them. Held by the pool's timer, which outlives the
 * pool, so nothing here may reach the pool, nor the functions of its options but `destroy`.
 */
export class Estate<R> implements Heir {
  /** In the order in which they were created. */
  readonly entries = new Set<Entry<R>>();
  readonly #alarm: Alarm;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #name: string;
  readonly #destroyTimeoutMs: number;
  readonly #destroy: PoolSettings<R>['destroy'];
  /** Of this pool alone. Alive as long as the alarm is, which holds the estate. */
  readonly #collected = new FinalizationRegistry<Estate<R>>((estate) => estate.execute());

  constructor(settings: PoolSettings<R>, alarm: Alarm) {
    this.#alarm = alarm;
    this.#clock = settings.clock;
    this.#logger = settings.logger;
    this.#name = settings.name;
    this.#destroyTimeoutMs = settings.destroyTimeoutMs;
    this.#destroy = settings.destroy;
  }

  /** From now on the resources are destroyed when the pool is collected. */
  executeWhenCollected(pool: object): void {
    this.#collected.register(pool, this, this);
    this.#alarm.start(this);
  }

  /** The pool was closed: nothing is left, neither timer nor registration. */
  closedInLifetime(): void {
    this.#collected.unregister(this);
    this.#alarm.end();
  }

  /** Ends one resource; `settled` is called with what went wrong, or without. */
  destroy(entry: Entry<R>, settled: (error?: unknown) => void, keepsProcessAlive = false): void {
    this.entries.delete(entry);
    const resource = entry.resource!;
    const bounds = { operation: 'destroy', clock: this.#clock, timeoutMs: this.#destroyTimeoutMs, keepsProcessAlive } as const;
    callWithin<unknown>(bounds, () => (this.#destroy === undefined ? disposeOf(resource) : this.#destroy(resource)), {
      done: () => settled(),
      failed: (error) => settled(error),
    });
  }

  /** The pool was collected without having been closed. */
  execute(): void {
    this.#alarm.end();
    if (this.entries.size === 0) return;
    const [{ resource }] = this.entries;
    if (this.#destroy === undefined && !isDisposable(resource)) return;
    this.#logger.warn(
      'HEAPTRAIL_POOL_COLLECTED',
      `${this.#name} was collected without having been closed; its ${this.entries.size} resources are destroyed now. Call close(), or declare it with \`await using\`.`,
    );
    for (const entry of this.entries) this.destroy(entry, (error) => this.reportDestroy(error));
  }

  reportDestroy(error: unknown): void {
    if (error === undefined) return;
    this.#logger.warn('HEAPTRAIL_POOL_DESTROY', `${this.#name}: destroy() of a resource failed: ${messageOf(error)}`);
  }
}

function isDisposable(resource: unknown): resource is Partial<AsyncDisposable & Disposable> {
  return typeof resource === 'object' && resource !== null && (asyncDispose in resource || dispose in resource);
}

function disposeOf(resource: unknown): unknown {
  if (!isDisposable(resource)) return undefined;
  return resource[asyncDispose] === undefined ? resource[dispose]?.() : resource[asyncDispose]();
}
