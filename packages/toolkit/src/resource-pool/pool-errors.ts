import { messageOf } from '../errors/message-of.ts';
import { ToolkitError } from '../errors/toolkit-error.ts';
import { type CheckoutInfo } from './checkout.ts';

/** The options contradict each other, or one of them is out of its range. */
export class PoolOptionsError extends ToolkitError {
  override readonly code = 'HEAPTRAIL_POOL_OPTIONS';
  override readonly name = 'PoolOptionsError';
}

/** Nobody gave a resource back in time. Names who holds them. */
export class PoolAcquireTimeoutError extends ToolkitError {
  override readonly code = 'HEAPTRAIL_POOL_ACQUIRE_TIMEOUT';
  override readonly name = 'PoolAcquireTimeoutError';

  constructor(pool: string, timeoutMs: number, heldBy: readonly CheckoutInfo[]) {
    const oldest = heldBy[0];
    const holders = oldest === undefined ? 'none is lent out' : `${heldBy.length} are lent out, the oldest ${describeCheckout(oldest)}`;
    super(
      `${pool} expected a free resource within ${timeoutMs} ms; ${holders}. Give leases back sooner, raise maxSize, or raise timeoutMs.${stackBelow(oldest)}`,
    );
  }
}

/** As many wait as may wait. */
export class PoolQueueFullError extends ToolkitError {
  override readonly code = 'HEAPTRAIL_POOL_QUEUE_FULL';
  override readonly name = 'PoolQueueFullError';

  constructor(pool: string, maxWaiting: number) {
    super(`${pool} lets ${maxWaiting} callers wait, and as many do. Try later, or raise the limit.`);
  }
}

/** `close` was called. */
export class PoolClosedError extends ToolkitError {
  override readonly code = 'HEAPTRAIL_POOL_CLOSED';
  override readonly name = 'PoolClosedError';

  constructor(pool: string) {
    super(`${pool} was closed and lends nothing more.`);
  }
}

/** The factory's `create` failed; `cause` is what it threw. */
export class PoolCreateError extends ToolkitError {
  override readonly code = 'HEAPTRAIL_POOL_CREATE';
  override readonly name = 'PoolCreateError';

  constructor(pool: string, cause: unknown) {
    super(`${pool} could not create a resource: ${messageOf(cause).replace(/\.$/, '')}. The next call tries again.`, {
      cause,
    });
  }
}

/** A function of the factory did not settle in its time. */
export class PoolCallTimeoutError extends ToolkitError {
  override readonly code = 'HEAPTRAIL_POOL_CALL_TIMEOUT';
  override readonly name = 'PoolCallTimeoutError';

  constructor(operation: string, timeoutMs: number) {
    super(`${operation}() did not settle within ${timeoutMs} ms. Find what it waits for, or raise ${operation}TimeoutMs.`);
  }
}

/** A lease is given back a second time, or used after it was given back. */
export class LeaseReleasedError extends ToolkitError {
  override readonly code = 'HEAPTRAIL_LEASE_RELEASED';
  override readonly name = 'LeaseReleasedError';

  constructor(attempt: string, checkout: CheckoutInfo) {
    super(
      `${attempt}, but the lease was given back before (${describeCheckout(checkout)}). Give a lease back once, and keep its resource no longer than the lease.${stackBelow(checkout)}`,
    );
  }
}

/** The pool took the resource back by force, because it was held for too long or the pool was closed. */
export class LeaseReclaimedError extends ToolkitError {
  override readonly code = 'HEAPTRAIL_LEASE_RECLAIMED';
  override readonly name = 'LeaseReclaimedError';

  constructor(attempt: string, checkout: CheckoutInfo) {
    super(
      `${attempt}, but the pool has taken the resource back and destroyed it (${describeCheckout(checkout)}). Give leases back sooner, or raise reclaimAfterMs.${stackBelow(checkout)}`,
    );
  }
}

/** One line for messages. */
export function describeCheckout(checkout: CheckoutInfo): string {
  const label = checkout.label === undefined ? '' : `"${checkout.label}", `;
  return `${label}borrowed ${Math.round(checkout.heldMs)} ms ago`;
}

/** For the end of a message. */
export function stackBelow(checkout: CheckoutInfo | undefined): string {
  return checkout?.stack === undefined ? '' : `\nBorrowed\n${checkout.stack}`;
}
