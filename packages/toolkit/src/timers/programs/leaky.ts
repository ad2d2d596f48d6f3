/** The careless screen: a timer of its own, which nobody stops, draws it for ever. Not all in the same moment: each has its own minute. */
class Screen {
  readonly lines = new Array<string>(10).fill('line');
  drawn = 0;

  open(offsetMs: number): void {
    const timer: unknown = setInterval(() => this.draw(), 60_000 + offsetMs);
    letProcessEnd(timer);
  }

  draw(): void {
    this.drawn++;
  }
}

function letProcessEnd(timer: unknown): void {
  if (typeof timer === 'object' && timer !== null && 'unref' in timer) (timer as { unref(): void }).unref();
}

export function round(number: number): void {
  for (let i = 0; i < 100; i++) new Screen().open(100 * number + i);
}
