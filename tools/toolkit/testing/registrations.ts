/** A finalizer for every use of one object: registrations that pile up for as long as it lives. */
class Session {
  uses = 0;
}

const session = new Session();
const registry = new FinalizationRegistry<number>(() => undefined);

export function round(): void {
  for (let i = 0; i < 100; i++) registry.register(session, session.uses++);
}
