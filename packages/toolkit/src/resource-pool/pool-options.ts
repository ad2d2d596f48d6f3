import { type Clock } from '../clock/clock.ts';
import { systemClock } from '../clock/system-clock.ts';
import { consoleLogger, type Logger } from '../logger/logger.ts';
import { PoolOptionsError } from './pool-errors.ts';
import { type StackPolicy } from './stack-recorder.ts';

/** What `create` is handed. */
export interface CreateContext {
  /** Aborted when `createTimeoutMs` is over, or when the pool is closed by force. What comes later is destroyed. */
  readonly signal: AbortSignal;
  /**
   * Tells the pool that the resource is of no more use (a connection that the server ended). An idle one is destroyed at
   * once, a lent one when it comes back. Does not keep the pool alive, so it may be handed to the resource's own events.
   */
  readonly broken: () => void;
}

type Awaitable<T> = T | PromiseLike<T>;

/**
 * How a pool makes, checks and ends its resources, and for how long it waits. Only `destroy` outlives a pool that was
 * collected unclosed: it must not capture what owns the pool, nor be written in a scope where another function does (`this` of a
 * constructor, say), since closures of one scope share what they capture. Make it a function of the module. Times are milliseconds; `Infinity` means never.
 */
export interface ResourcePoolOptions<R> {
  readonly create: (context: CreateContext) => Awaitable<R>;
  /** Before an idle resource is lent, but for those that were made within the last second and not lent so far. `false`, a throw or a rejection: it is destroyed and another one is tried. */
  readonly validate?: (resource: R) => Awaitable<boolean>;
  /** When a resource comes back. A throw or a rejection: it is destroyed. */
  readonly reset?: (resource: R) => Awaitable<unknown>;
  /** Unless given, a resource that is disposable is disposed. See above for what it must not capture. */
  readonly destroy?: (resource: R) => Awaitable<unknown>;

  /** Kept even when idle, made as soon as the pool is. 0 unless given. */
  readonly minSize?: number;
  /** Never more than so many at once, those being made and being destroyed included. */
  readonly maxSize: number;
  /** Callers that may wait beyond those who can be served at once. Unlimited unless given. */
  readonly maxWaiting?: number;

  /** How long `acquire` waits. 30,000 unless given. */
  readonly acquireTimeoutMs?: number;
  /** An idle resource beyond `minSize` is destroyed after so long. 30,000 unless given. */
  readonly idleTimeoutMs?: number;
  /** A resource is replaced when it is so old and not lent. Never unless given. */
  readonly maxLifetimeMs?: number;
  /** A checkout so old is reported as a leak, once. Never unless given. */
  readonly leakTimeoutMs?: number;
  /** A checkout so old is taken back by force. Twice `leakTimeoutMs` unless given. */
  readonly reclaimAfterMs?: number;
  /** What happens to a resource whose lease was collected: lent again (`reuse`, unless given) or destroyed. */
  readonly whenCollected?: 'reuse' | 'destroy';
  /** Which checkouts record the stack of their borrower. `budgeted` unless given: each, as long as that takes no more than a twentieth of the time. */
  readonly stacks?: StackPolicy;

  /** 30,000 unless given. */
  readonly createTimeoutMs?: number;
  /** 5,000 unless given, like the two that follow. */
  readonly validateTimeoutMs?: number;
  readonly resetTimeoutMs?: number;
  readonly destroyTimeoutMs?: number;
  /** How long `close` waits for leases before it takes them. 10,000 unless given. */
  readonly closeTimeoutMs?: number;

  /** What messages call this pool. */
  readonly name?: string;
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** Whether the process waits for callers who wait for a resource. `false` unless given. */
  readonly keepsProcessAlive?: boolean;
}

/** The options with what was left out. */
export type PoolSettings<R> = Omit<Required<ResourcePoolOptions<R>>, 'validate' | 'reset' | 'destroy'> &
  Pick<ResourcePoolOptions<R>, 'validate' | 'reset' | 'destroy'>;

const TIMES = [
  'acquireTimeoutMs',
  'idleTimeoutMs',
  'maxLifetimeMs',
  'leakTimeoutMs',
  'reclaimAfterMs',
  'createTimeoutMs',
  'validateTimeoutMs',
  'resetTimeoutMs',
  'destroyTimeoutMs',
  'closeTimeoutMs',
] as const;

/** @throws PoolOptionsError */
export function settingsOf<R>(options: ResourcePoolOptions<R>): PoolSettings<R> {
  const leakTimeoutMs = options.leakTimeoutMs ?? Infinity;
  const settings: PoolSettings<R> = {
    minSize: 0,
    maxWaiting: Infinity,
    acquireTimeoutMs: 30_000,
    idleTimeoutMs: 30_000,
    maxLifetimeMs: Infinity,
    whenCollected: 'reuse',
    stacks: 'budgeted',
    createTimeoutMs: 30_000,
    validateTimeoutMs: 5_000,
    resetTimeoutMs: 5_000,
    destroyTimeoutMs: 5_000,
    closeTimeoutMs: 10_000,
    name: 'The pool',
    clock: systemClock,
    logger: consoleLogger,
    keepsProcessAlive: false,
    reclaimAfterMs: 2 * leakTimeoutMs,
    ...withoutUndefined(options),
    leakTimeoutMs,
  };
  if (typeof settings.create !== 'function') throw new PoolOptionsError(`create must be a function, and is ${typeof settings.create}.`);
  checkCounts(settings);
  for (const time of TIMES) {
    if (!isTime(settings[time])) throw new PoolOptionsError(`${time} must be milliseconds from 0 to Infinity, and is ${settings[time]}.`);
  }
  if (settings.maxLifetimeMs < 1)
    throw new PoolOptionsError(`maxLifetimeMs must be at least 1 millisecond, and is ${settings.maxLifetimeMs}.`);
  if (settings.reclaimAfterMs < leakTimeoutMs && leakTimeoutMs !== Infinity) {
    throw new PoolOptionsError(
      `reclaimAfterMs (${settings.reclaimAfterMs}) must not be less than leakTimeoutMs (${leakTimeoutMs}): a leak is reported before it is ended.`,
    );
  }
  return settings;
}

/** A text of digits is none: added to a time it would make a longer text. */
export function isTime(value: unknown): boolean {
  return typeof value === 'number' && value >= 0;
}

function checkCounts(settings: Pick<PoolSettings<unknown>, 'minSize' | 'maxSize' | 'maxWaiting'>): void {
  const { minSize, maxSize, maxWaiting } = settings;
  if (!Number.isInteger(maxSize) || maxSize < 1) throw new PoolOptionsError(`maxSize must be a whole number from 1, and is ${maxSize}.`);
  if (!Number.isInteger(minSize) || minSize < 0 || minSize > maxSize) {
    throw new PoolOptionsError(`minSize must be a whole number from 0 to maxSize (${maxSize}), and is ${minSize}.`);
  }
  if (!(maxWaiting >= 0)) throw new PoolOptionsError(`maxWaiting must be 0 or more, and is ${maxWaiting}.`);
}

/** So that `{ name: undefined }` means what `{}` means. */
function withoutUndefined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}
