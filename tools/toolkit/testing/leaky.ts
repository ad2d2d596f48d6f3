/** A cache that nobody empties. */
class Session {
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
}

const sessions = new Map<number, Session>();

export function round(number: number): void {
  for (let i = 0; i < 100; i++) sessions.set(number * 100 + i, new Session(i));
}

export function tables(): Record<string, number> {
  return { sessions: sessions.size };
}
