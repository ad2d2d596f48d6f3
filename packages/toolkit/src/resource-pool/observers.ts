import { dispose } from '../disposal/dispose-symbols.ts';
import { messageOf } from '../errors/message-of.ts';
import { type Logger } from '../logger/logger.ts';

/** Listeners of one event source. Strong: whoever observes ends it, with the handle that `add` gives. */
export class Observers<E> {
  readonly #listeners = new Set<{ readonly listener: (event: E) => void }>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** To be asked before an event is put together: most have no listener. */
  get any(): boolean {
    return this.#listeners.size > 0;
  }

  add(listener: (event: E) => void): Disposable {
    const held = { listener };
    this.#listeners.add(held);
    return { [dispose]: () => void this.#listeners.delete(held) };
  }

  /** A listener that throws is reported and stops neither the others nor the source. */
  tell(event: E): void {
    for (const { listener } of this.#listeners) {
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
