import { asyncDispose, dispose } from '../disposal/dispose-symbols.ts';
import { type Checkout } from './checkout.ts';
import { LeaseReclaimedError, LeaseReleasedError } from './pool-errors.ts';

/** The pool as a lease sees it. */
export interface Lender<R> {
  takeBack(checkout: Checkout<R>, discard: boolean): Promise<void>;
  nowMs(): number;
}

/**
 * The right to use one resource. Keep the lease as long as the resource is used: when the lease is collected the pool takes
 * the resource for lost and lends it again. Holds its pool strongly; the pool does not hold the lease (beyond its first second).
 */
export class Lease<R> {
  readonly #lender: Lender<R>;
  readonly #checkout: Checkout<R>;

  constructor(lender: Lender<R>, checkout: Checkout<R>) {
    this.#lender = lender;
    this.#checkout = checkout;
  }

  /**
   * @throws LeaseReleasedError after it was given back
   * @throws LeaseReclaimedError after the pool took it by force
   */
  get resource(): R {
    if (this.#checkout.state !== 'out') throw this.#over('The resource of a lease was asked for');
    return this.#checkout.entry.resource!;
  }

  get label(): string | undefined {
    return this.#checkout.label;
  }

  /** By the pool's clock. */
  get acquiredAtMs(): number {
    return this.#checkout.acquiredAtMs;
  }

  get isHeld(): boolean {
    return this.#checkout.state === 'out';
  }

  /**
   * Gives the resource back. The lease is over at once; the promise says when the pool has reset the resource, and is never
   * rejected (the pool reports what `reset` throws).
   * @throws LeaseReleasedError | LeaseReclaimedError at once, when the lease is over
   */
  release(): Promise<void> {
    if (this.#checkout.state !== 'out') throw this.#over('A lease was released');
    return this.#lender.takeBack(this.#checkout, false);
  }

  /** Like `release`, for a resource that is of no more use: the pool destroys it. */
  discard(): Promise<void> {
    if (this.#checkout.state !== 'out') throw this.#over('A lease was discarded');
    return this.#lender.takeBack(this.#checkout, true);
  }

  /** Releases unless it was released before. @throws LeaseReclaimedError, so that the borrower learns of it */
  [dispose](): void {
    if (this.#checkout.state !== 'released') void this.release();
  }

  async [asyncDispose](): Promise<void> {
    if (this.#checkout.state !== 'released') await this.release();
  }

  #over(attempt: string): Error {
    const info = this.#checkout.describe(this.#lender.nowMs());
    return this.#checkout.state === 'reclaimed' ? new LeaseReclaimedError(attempt, info) : new LeaseReleasedError(attempt, info);
  }
}
