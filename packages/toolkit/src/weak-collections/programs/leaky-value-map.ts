/** The careless weak map: its values are WeakRefs, and nobody removes those that are empty. */
class Session {
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
}

/** As a key it stays with the cell. */
class SessionKey {
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
}

const sessions = new Map<SessionKey, WeakRef<Session>>();

export function round(number: number): void {
  for (let i = 0; i < 300; i++) sessions.set(new SessionKey(i), new WeakRef(new Session(number * 1000 + i)));
}

export function tables(): Record<string, number> {
  return { sessions: sessions.size };
}
