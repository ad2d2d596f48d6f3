import { isDevelopment } from '../development/is-development.ts';
import { pathTo } from '../development/reaches.ts';
import { dispose } from '../disposal/dispose-symbols.ts';
import { consoleLogger, type Logger } from '../logger/logger.ts';
import { canBeHeldWeakly } from '../weak/can-be-held-weakly.ts';
import { NotWeaklyHoldableError } from '../weak/not-weakly-holdable-error.ts';
import { processExit, type ExitHook } from './exit-hook.ts';
import { FinalizerCallbackError, FinalizerHoldsTargetError, FinalizersDisposedError } from './finalize-errors.ts';
import { Finalizer, type FinalizerOwner, type Keyed } from './finalizer.ts';

export interface FinalizersOptions {
  /** Refuses callbacks and arguments that lead to the target. As `isDevelopment` says unless given. */
  readonly development?: boolean;
  /** Where callbacks that throw are reported; the console unless given. */
  readonly logger?: Logger;
  /** Told of what a callback threw, instead of the logger. */
  readonly onError?: (error: unknown) => void;
  /** How the end of the program is noticed; the `exit` event of the process unless given. */
  readonly exitHook?: ExitHook;
}

export interface FinalizeOptions<Args extends unknown[]> {
  /** Handed to the callback; held until it ran. */
  readonly args?: readonly [...Args];
  /** Runs at the end of the process too, when the target is still there. `false` unless given. */
  readonly atExit?: boolean;
}

const NOTHING: readonly unknown[] = [];

/**
 * Finalizers of a program or a part of it. Registering costs one registration with a FinalizationRegistry and one entry in a
 * Set; both go when the finalizer ran or was detached. Handles need not be kept. All operations are O(1); in development
 * mode registering looks at up to 2000 objects. When nobody holds this object any more, its finalizers no longer run, save
 * while one of them waits for the end of the process.
 */
export class Finalizers implements Disposable {
  readonly #development: boolean;
  readonly #exitHook: ExitHook;
  readonly #live = new Set<Finalizer>();
  readonly #registry = new FinalizationRegistry<Finalizer>((finalizer) => this.#targetIsGone(finalizer));
  #keyed = new WeakMap<WeakKey, Map<unknown, Keyed>>();
  readonly #atExit = new Set<Finalizer>();
  readonly #owner: FinalizerOwner;
  #stopWatchingExit: (() => void) | undefined;
  #disposed = false;

  constructor(options: FinalizersOptions = {}) {
    const { logger = consoleLogger, onError } = options;
    this.#development = options.development ?? isDevelopment();
    this.#exitHook = options.exitHook ?? processExit;
    this.#owner = {
      forget: (finalizer) => this.#forget(finalizer),
      watchExit: (finalizer) => this.#watchExit(finalizer),
      report: onError ?? ((error) => logger.warn('HEAPTRAIL_FINALIZER_THREW', `a finalizer threw: ${textOf(error)}`)),
    };
  }

  /** Finalizers that neither ran nor were detached. */
  get size(): number {
    return this.#live.size;
  }

  /**
   * Calls `callback` once some time after `target` was collected. Neither it nor its arguments may lead to the target:
   * development mode refuses what own properties show (FinalizerHoldsTargetError); what a closure captures cannot be seen
   * here, and is what `heaptrail` finds in a heap snapshot.
   */
  finalize<Args extends unknown[] = []>(
    target: WeakKey,
    callback: (...args: NoInfer<Args>) => unknown,
    { args, atExit = false }: FinalizeOptions<Args> = {},
  ): Finalizer {
    if (this.#disposed) throw new FinalizersDisposedError();
    if (!canBeHeldWeakly(target)) throw new NotWeaklyHoldableError(target, 'target of a finalizer');
    if (typeof callback !== 'function') throw new FinalizerCallbackError(callback);
    if (this.#development) refuseWhatHolds(target, callback, args ?? NOTHING);
    const finalizer = new Finalizer(this.#owner, callback, args ?? NOTHING, atExit);
    this.#live.add(finalizer);
    this.#registry.register(target, finalizer, finalizer);
    if (atExit) this.#watchExit(finalizer);
    return finalizer;
  }

  /**
   * As `finalize`, once for each key and target: while such a finalizer is alive, that one is returned and nothing is
   * registered. For code that runs often: a finalizer for each use of a lasting object piles up.
   */
  finalizeOnce<Args extends unknown[] = []>(
    key: unknown,
    target: WeakKey,
    callback: (...args: NoInfer<Args>) => unknown,
    options: FinalizeOptions<Args> = {},
  ): Finalizer {
    const before = this.#keyed.get(target)?.get(key);
    if (before !== undefined) return before.finalizer;
    const finalizer = this.finalize(target, callback, options);
    const table = this.#keyed.get(target) ?? new Map<unknown, Keyed>();
    this.#keyed.set(target, table);
    const keyed: Keyed = { key, table, finalizer };
    table.set(key, keyed);
    finalizer.keyed = new WeakRef(keyed);
    return finalizer;
  }

  /**
   * Runs those that are to run at exit, the latest registered first, as what was built last stands on what was built before.
   * Called at the end of the process; one that throws is reported and stops none. Promises are not waited for.
   */
  runAtExit(): void {
    const failures: unknown[] = [];
    for (const finalizer of [...this.#live].reverse()) {
      if (!finalizer.atExit) continue;
      try {
        finalizer.runReported();
      } catch (failure) {
        // Of the report itself.
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  /** Detaches all. None of them runs any more. */
  [dispose](): void {
    this.#disposed = true;
    for (const finalizer of [...this.#live]) finalizer.detach();
    this.#keyed = new WeakMap();
  }

  /** Its registration went with the target: there is nothing to take back. */
  #targetIsGone(finalizer: Finalizer): void {
    this.#live.delete(finalizer);
    finalizer.runReported();
  }

  #forget(finalizer: Finalizer): void {
    if (this.#live.delete(finalizer)) this.#registry.unregister(finalizer);
    const keyed = finalizer.keyed?.deref();
    keyed?.table.delete(keyed.key);
    if (finalizer.atExit && this.#atExit.delete(finalizer)) this.#listenAsNeeded();
  }

  #watchExit(finalizer: Finalizer): void {
    if (finalizer.atExit) this.#atExit.add(finalizer);
    else this.#atExit.delete(finalizer);
    this.#listenAsNeeded();
  }

  /** The hook holds this object: only while there is something to do at the end. */
  #listenAsNeeded(): void {
    if (this.#atExit.size > 0) this.#stopWatchingExit ??= this.#exitHook.onExit(() => this.runAtExit());
    else if (this.#stopWatchingExit !== undefined) {
      this.#stopWatchingExit();
      this.#stopWatchingExit = undefined;
    }
  }
}

function refuseWhatHolds(target: WeakKey, callback: unknown, args: readonly unknown[]): void {
  const path = pathTo(target, callback);
  if (path !== undefined) throw new FinalizerHoldsTargetError('the callback', path);
  args.forEach((arg, at) => {
    const pathOfArg = pathTo(target, arg);
    if (pathOfArg !== undefined) throw new FinalizerHoldsTargetError(`argument ${at + 1}`, pathOfArg);
  });
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? String(error)) : String(error);
}
