/** A cache that its user empties; finalizers run before the round counts as over. */
class Session {
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
}

const sessions = new Map<number, WeakRef<Session>>();
const registry = new FinalizationRegistry<number>((key) => sessions.delete(key));

export function round(number: number): void {
  for (let i = 0; i < 100; i++) {
    const session = new Session(i);
    const key = number * 100 + i;
    sessions.set(key, new WeakRef(session));
    registry.register(session, key);
  }
}

export function tables(): Record<string, number> {
  return { sessions: sessions.size };
}
