import { type Clock } from '../clock/clock.ts';
import { asyncDispose, dispose } from '../disposal/dispose-symbols.ts';
import { messageOf } from '../errors/message-of.ts';
import { type Logger } from '../logger/logger.ts';
import { type Alarm } from './alarm.ts';
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
 * What is left to do when a pool is gone: its resources and the way to end them. Held by a registry that outlives the pool, so
 * nothing here may reach the pool, nor the functions of its options but `destroy`.
 */
export class Estate<R> {
  /** In the order in which they were created. */
  readonly entries = new Set<Entry<R>>();
  readonly #alarm: Alarm;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #name: string;
  readonly #destroyTimeoutMs: number;
  readonly #destroy: PoolSettings<R>['destroy'];

  constructor(settings: PoolSettings<R>, alarm: Alarm) {
    this.#alarm = alarm;
    this.#clock = settings.clock;
    this.#logger = settings.logger;
    this.#name = settings.name;
    this.#destroyTimeoutMs = settings.destroyTimeoutMs;
    this.#destroy = settings.destroy;
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
    this.#alarm.cancel();
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

/**
 * Pools that nobody closed. One registry for all of them, because a registry that only its pool reaches dies with the pool and
 * never answers. It holds the estates of living, unclosed pools and nothing else; closing a pool takes its entry out.
 */
const unclosed = /* @__PURE__ */ new FinalizationRegistry<Estate<unknown>>((estate) => estate.execute());

export function executeWhenCollected(pool: object, estate: Estate<unknown>): void {
  unclosed.register(pool, estate, estate);
}

export function closedInLifetime(estate: Estate<unknown>): void {
  unclosed.unregister(estate);
}
