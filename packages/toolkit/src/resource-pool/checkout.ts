import { type BorrowersStack } from './borrowers-stack.ts';
import { type Entry } from './estate.ts';
import { type Lease } from './lease.ts';
import { ListNode } from './linked-list.ts';

/** How a checkout ended, or `out` while it has not. */
export type CheckoutState = 'out' | 'released' | 'reclaimed' | 'collected';

/** What a pool says of one checkout. */
export interface CheckoutInfo {
  readonly label: string | undefined;
  /** By the pool's clock. */
  readonly acquiredAtMs: number;
  readonly heldMs: number;
  /** Frames of the borrower, one a line; undefined where the policy records none. */
  readonly stack: string | undefined;
}

/**
 * One lending, from grant to return. It outlives its lease, so it must not reach the borrower: it has no link to the lease but
 * in the first moments (`young`), when a strong one is cheaper than a weak one and does no harm. The same goes for the stack,
 * which is text from then on.
 */
export class Checkout<R> extends ListNode<Checkout<R>> {
  state: CheckoutState = 'out';
  young: Lease<R> | undefined;
  readonly entry: Entry<R>;
  readonly label: string | undefined;
  readonly stack: BorrowersStack | undefined;
  readonly acquiredAtMs: number;

  constructor(entry: Entry<R>, label: string | undefined, stack: BorrowersStack | undefined, acquiredAtMs: number) {
    super();
    this.entry = entry;
    this.label = label;
    this.stack = stack;
    this.acquiredAtMs = acquiredAtMs;
  }

  describe(nowMs: number): CheckoutInfo {
    const { label, acquiredAtMs, stack } = this;
    return { label, acquiredAtMs, heldMs: nowMs - acquiredAtMs, stack: stack?.text };
  }
}
