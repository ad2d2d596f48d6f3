/**
 * The careless limiter: each task races against the promise that says that the program ends. That promise is never settled, and
 * keeps a reaction for each race that ever was, which keeps what the race ended with.
 */
class Thumbnail {
  readonly pixels = new Array<number>(10).fill(0);
}

class CarelessLimiter {
  readonly #closed = new Promise<never>(() => undefined);
  #running = 0;

  async run<T>(task: () => Promise<T>): Promise<T> {
    this.#running++;
    try {
      return await Promise.race([task(), this.#closed]);
    } finally {
      this.#running--;
    }
  }

  get running(): number {
    return this.#running;
  }
}

const limiter = new CarelessLimiter();

export async function round(): Promise<void> {
  for (let i = 0; i < 100; i++) await limiter.run(async () => new Thumbnail());
}

export function tables(): Record<string, number> {
  return { running: limiter.running };
}
