/** Calls that end with one signal, and the one listener for all of them. */
interface Listening {
  readonly calls: Set<() => void>;
  readonly onAbort: () => void;
}

/**
 * One listener for each signal, however many calls it ends: an EventTarget looks through all its listeners to add one, so that n
 * calls would take time in the square of n, and Node 20 warns of a leak at the eleventh. The listener goes with the last call.
 * Holds signals weakly; a signal holds the calls that wait for it.
 */
export class AbortListeners {
  readonly #ofSignal = new WeakMap<AbortSignal, Listening>();

  /** Calls `aborted` when the signal aborts, unless the returned function was called before. O(1). */
  add(signal: AbortSignal, aborted: () => void): () => void {
    const listening = this.#ofSignal.get(signal) ?? this.#listenTo(signal);
    // One of its own, for the same function may be added twice.
    const call = (): void => aborted();
    listening.calls.add(call);
    return () => {
      if (!listening.calls.delete(call) || listening.calls.size > 0) return;
      signal.removeEventListener('abort', listening.onAbort);
      this.#ofSignal.delete(signal);
    };
  }

  #listenTo(signal: AbortSignal): Listening {
    const calls = new Set<() => void>();
    const onAbort = (): void => {
      this.#ofSignal.delete(signal);
      callAll(calls);
    };
    const listening = { calls, onAbort };
    this.#ofSignal.set(signal, listening);
    signal.addEventListener('abort', onAbort, { once: true });
    return listening;
  }
}

/** One that throws stops none, as with listeners of their own. */
function callAll(calls: Set<() => void>): void {
  const failures: unknown[] = [];
  for (const call of calls) {
    calls.delete(call);
    try {
      call();
    } catch (failure) {
      failures.push(failure);
    }
  }
  if (failures.length > 0) throw failures[0];
}
