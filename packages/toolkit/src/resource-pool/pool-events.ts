import { type CheckoutInfo } from './checkout.ts';

/** Why a resource was ended. */
export type DestroyReason =
  'idle' | 'lifetime' | 'broken' | 'invalid' | 'reset-failed' | 'discarded' | 'reclaimed' | 'collected' | 'closed' | 'late';

/** What happens in a pool, as it happens. */
export type PoolEvent =
  | { readonly type: 'created' }
  | { readonly type: 'create-failed'; readonly error: unknown }
  | { readonly type: 'acquired'; readonly checkout: CheckoutInfo }
  | { readonly type: 'released'; readonly checkout: CheckoutInfo }
  | { readonly type: 'waiter-left'; readonly why: 'timeout' | 'aborted'; readonly label: string | undefined }
  | { readonly type: 'validate-failed'; readonly error: unknown }
  | { readonly type: 'reset-failed'; readonly error: unknown }
  | { readonly type: 'destroyed'; readonly why: DestroyReason }
  | { readonly type: 'destroy-failed'; readonly why: DestroyReason; readonly error: unknown }
  /** Held for `leakTimeoutMs`; once for each checkout. */
  | { readonly type: 'leak'; readonly checkout: CheckoutInfo }
  /** Taken by force, after `reclaimAfterMs` or by `close`. */
  | { readonly type: 'reclaimed'; readonly checkout: CheckoutInfo }
  /** The lease was collected and had not been given back. */
  | { readonly type: 'collected'; readonly checkout: CheckoutInfo }
  | { readonly type: 'closed' };

export type PoolObserver = (event: PoolEvent) => void;

/** What a pool holds now. `size` counts every resource that exists or may: the six that follow add up to it. */
export interface PoolNow {
  readonly size: number;
  readonly idle: number;
  readonly leased: number;
  readonly creating: number;
  readonly validating: number;
  readonly resetting: number;
  readonly destroying: number;
  /** Callers of `acquire` that have no answer yet. */
  readonly waiting: number;
}

/**
 * What has happened since the pool was made. `created` = `destroyed` + `destroyFailures` + those that exist; `acquired` =
 * `released` + `reclaimed` + `collected` + `leased`.
 */
export interface PoolTotals {
  readonly created: number;
  readonly createFailures: number;
  readonly destroyed: number;
  readonly destroyFailures: number;
  readonly acquired: number;
  /** Discarded ones included. */
  readonly released: number;
  readonly timeouts: number;
  readonly aborts: number;
  readonly refused: number;
  readonly validateFailures: number;
  readonly resetFailures: number;
  readonly leaks: number;
  readonly reclaimed: number;
  readonly collected: number;
}

export type PoolStatistics = PoolNow & PoolTotals;

export type Counts = { -readonly [K in keyof PoolTotals]: number };

export function noCounts(): Counts {
  return {
    created: 0,
    createFailures: 0,
    destroyed: 0,
    destroyFailures: 0,
    acquired: 0,
    released: 0,
    timeouts: 0,
    aborts: 0,
    refused: 0,
    validateFailures: 0,
    resetFailures: 0,
    leaks: 0,
    reclaimed: 0,
    collected: 0,
  };
}
