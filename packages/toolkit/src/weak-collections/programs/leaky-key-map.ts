/**
 * The careless map with weak keys that can be iterated: keys are WeakRefs, values are held strongly until a finalizer removes
 * them. The value knows its key, so the finalizer never comes.
 */
class Session {
  uses = 0;
}

class Note {
  readonly of: Session;
  constructor(of: Session) {
    this.of = of;
  }
}

const notes = new Map<WeakRef<Session>, Note>();
const gone = new FinalizationRegistry<WeakRef<Session>>((ref) => notes.delete(ref));

export function round(): void {
  for (let i = 0; i < 300; i++) {
    const session = new Session();
    const ref = new WeakRef(session);
    notes.set(ref, new Note(session));
    gone.register(session, ref);
  }
}

export function tables(): Record<string, number> {
  return { notes: notes.size };
}
