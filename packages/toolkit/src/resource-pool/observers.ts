import { dispose } from '../disposal/dispose-symbols.ts';
import { messageOf } from '../errors/message-of.ts';
import { type Logger } from '../logger/logger.ts';

interface Listening<E extends { readonly type: string }> {
  readonly listener: (event: E) => void;
  readonly only: readonly E['type'][] | undefined;
}

/** Listeners of one event source. Strong: whoever observes ends it, with the handle that `add` gives. */
export class Observers<E extends { readonly type: string }> {
  readonly #listeners = new Set<Listening<E>>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** To be asked before an event is put together: most have no listener. */
  wants(type: E['type']): boolean {
    if (this.#listeners.size === 0) return false;
    for (const { only } of this.#listeners) if (only === undefined || only.includes(type)) return true;
    return false;
  }

  add(listener: (event: E) => void, only?: readonly E['type'][]): Disposable {
    const held = { listener, only };
    this.#listeners.add(held);
    return { [dispose]: () => void this.#listeners.delete(held) };
  }

  /** A listener that throws is reported and stops neither the others nor the source. */
  tell(event: E): void {
    for (const { listener, only } of this.#listeners) {
      if (only !== undefined && !only.includes(event.type)) continue;
      try {
        listener(event);
      } catch (error) {
        this.#logger.warn('HEAPTRAIL_OBSERVER', `An observer threw: ${messageOf(error)}`);
      }
    }
  }

  clear(): void {
    this.#listeners.clear();
  }
}
