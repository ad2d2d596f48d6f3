import { IterableWeakSet } from '../iterable-weak-set.ts';
import { TargetGoneError } from '../target-gone-error.ts';
import { WeakKeyMap } from '../weak-key-map.ts';
import { weakProxy } from '../weak-proxy.ts';
import { WeakReference } from '../weak-reference.ts';
import { WeakValueMap } from '../weak-value-map.ts';

/** Sessions that somebody else owns, in one of each collection. */
class Session {
  readonly id: number;
  #uses = 0;
  constructor(id: number) {
    this.id = id;
  }
  use(): number {
    return ++this.#uses;
  }
}

/** What is noted of a session; it knows the session, as careless values do. */
class Note {
  readonly of: Session;
  constructor(of: Session) {
    this.of = of;
  }
}

const byId = new WeakValueMap<number, Session>();
const open = new IterableWeakSet<Session>();
const notes = new WeakKeyMap<Session, Note>([], { development: false });
const lasting = new Session(-1);
let reference: WeakReference<Session> | undefined;
let proxy: Session | undefined;
let wrongAnswers = 0;

export function round(number: number): void {
  checkThoseOfBefore();
  byId.set(-1, lasting);
  open.add(lasting);
  for (let i = 0; i < 300; i++) {
    const session = new Session(number * 1000 + i);
    byId.set(session.id, session);
    byId.set(i % 10, session);
    open.add(session);
    notes.set(session, new Note(session));
    if (i % 3 === 0) byId.delete(session.id);
    if (i % 5 === 0) open.delete(session);
    reference = new WeakReference(session);
    proxy = weakProxy(session);
    proxy.use();
  }
  for (const session of open) if (session !== lasting) session.use();
}

/** Those of the round before are gone: every answer has to say so. */
function checkThoseOfBefore(): void {
  if (reference === undefined || proxy === undefined) return;
  if (reference.isAlive || reference.get() !== undefined || !throws(() => reference?.require(), TargetGoneError)) wrongAnswers++;
  if (
    !throws(() => proxy?.id, ReferenceError) ||
    !throws(() => proxy?.use(), ReferenceError) ||
    !throws(() => 'id' in proxy!, ReferenceError)
  )
    wrongAnswers++;
  if (byId.size !== 1 || open.size !== 1 || notes.size !== 0 || [...byId.keys()][0] !== -1) wrongAnswers++;
}

function throws(run: () => unknown, expected: abstract new (...args: never[]) => Error): boolean {
  try {
    run();
    return false;
  } catch (error) {
    return error instanceof expected;
  }
}

export function tables(): Record<string, number> {
  return { byId: byId.cells, open: open.cells, notes: notes.cells, wrongAnswers };
}
