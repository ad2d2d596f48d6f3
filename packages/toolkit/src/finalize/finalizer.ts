/** What a handle asks of the registry it is in. */
export interface FinalizerOwner {
  /** Takes it out: it will not run by itself any more. */
  forget(finalizer: Finalizer): void;
  watchExit(finalizer: Finalizer): void;
  report(error: unknown): void;
}

const NOTHING: readonly unknown[] = [];

/** Where `finalizeOnce` finds a finalizer again: in a table of its target. */
export interface Keyed {
  readonly key: unknown;
  readonly table: Map<unknown, Keyed>;
  readonly finalizer: Finalizer;
}

/** The handle of one finalizer. Holds callback and arguments until they ran or were detached, and nothing of the target. */
export class Finalizer {
  readonly #owner: FinalizerOwner;
  #callback: ((...args: never[]) => unknown) | undefined;
  #args: readonly unknown[];
  #atExit: boolean;
  /** Weak, for a key may lead to the target. @internal */
  keyed: WeakRef<Keyed> | undefined;

  /** @internal */
  constructor(owner: FinalizerOwner, callback: (...args: never[]) => unknown, args: readonly unknown[], atExit: boolean) {
    this.#owner = owner;
    this.#callback = callback;
    this.#args = args;
    this.#atExit = atExit;
  }

  /** False once it ran or was detached. */
  get alive(): boolean {
    return this.#callback !== undefined;
  }

  /** Whether it runs at the end of the process when the target is still there then. */
  get atExit(): boolean {
    return this.#atExit;
  }

  set atExit(runs: boolean) {
    this.#atExit = runs;
    if (this.alive) this.#owner.watchExit(this);
  }

  /** Takes it back; true when it had neither run nor been detached. */
  detach(): boolean {
    if (this.#callback === undefined) return false;
    this.#letGo();
    return true;
  }

  /** Runs the callback now, once and never again, and returns what it returns; undefined when it is not alive. Throws what it throws. */
  run(): unknown {
    const callback = this.#callback as ((...args: unknown[]) => unknown) | undefined;
    if (callback === undefined) return undefined;
    const args = this.#args;
    this.#letGo();
    return callback(...args);
  }

  /** As `run`, for whoever has nobody to throw at: the collector, and the end of the process. @internal */
  runReported(): void {
    try {
      const result = this.run();
      if (isThenable(result)) result.then(undefined, (error: unknown) => this.#owner.report(error));
    } catch (error) {
      this.#owner.report(error);
    }
  }

  /** Before the callback runs: a handle that somebody keeps keeps nothing. */
  #letGo(): void {
    this.#callback = undefined;
    this.#args = NOTHING;
    this.#owner.forget(this);
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
