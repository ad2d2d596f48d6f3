import { consoleLogger, type Logger } from '../logger/logger.ts';
import { canBeHeldWeakly } from './can-be-held-weakly.ts';
import { describe, NotWeaklyHoldableError } from './not-weakly-holdable-error.ts';

export interface WeakOptions {
  /** Refuses what cannot be held weakly (NotWeaklyHoldableError) instead of holding it strongly with a warning. `false` unless given. */
  readonly strict?: boolean;
  /** Where the warning goes; the console unless given. */
  readonly logger?: Logger;
}

/** What a property keeps of a value: a WeakRef, or the value itself where no WeakRef takes it. */
export type Kept = unknown;

/** How one property keeps its values. One per decorated property, or per `weakProperty`: it warns once. */
export class Keeping {
  readonly #place: string;
  readonly #strict: boolean;
  readonly #logger: Logger;
  #warned = false;

  constructor(place: string, { strict = false, logger = consoleLogger }: WeakOptions) {
    this.#place = place;
    this.#strict = strict;
    this.#logger = logger;
  }

  /** Without a look at what was kept so far: looking costs half as much as a WeakRef, and keeps that target until the job ends. */
  keep(value: unknown): Kept {
    if (value === undefined || value === null) return value;
    if (typeof value === 'object' || typeof value === 'function') return new WeakRef(value);
    if (canBeHeldWeakly(value)) return new WeakRef(value);
    if (this.#strict) throw new NotWeaklyHoldableError(value, this.#place);
    if (!this.#warned) {
      this.#warned = true;
      this.#logger.warn(
        'HEAPTRAIL_WEAK_HELD_STRONGLY',
        `${this.#place} holds ${describe(value)} strongly: the collector frees no such value. Further ones are not mentioned.`,
      );
    }
    return value;
  }
}

/** An object is only ever kept as a WeakRef (one that a program stores is the target of another), so this is not ambiguous. */
export function valueOf(kept: Kept): unknown {
  return kept instanceof WeakRef ? kept.deref() : kept;
}
