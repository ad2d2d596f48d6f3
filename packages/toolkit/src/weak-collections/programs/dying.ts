import { NotWeaklyHoldableError } from '../../weak/not-weakly-holdable-error.ts';
import { IterableWeakSet } from '../iterable-weak-set.ts';
import { WeakKeyMap } from '../weak-key-map.ts';
import { WeakValueMap } from '../weak-value-map.ts';

/** Members that die while somebody goes through them, and while others are added and deleted. */
class Session {
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
}

declare const gc: () => void;

const COUNT = 40;
const byId = new WeakValueMap<number, Session>();
/** Entries whose value was to be replaced by what the map refuses. */
const refused = new WeakValueMap<number, Session>();
const open = new IterableWeakSet<Session>();
const notes = new WeakKeyMap<Session, number>([], { development: false });
let wrongAnswers = 0;

export async function round(number: number): Promise<void> {
  refuse(number);
  await goThrough(
    (session) => byId.set(session.id, session),
    () => byId.values(),
    (session) => byId.delete(session.id),
  );
  await goThrough(
    (session) => open.add(session),
    () => open.values(),
    (session) => open.delete(session),
  );
  await goThrough(
    (session) => notes.set(session, session.id),
    () => notes.keys(),
    (session) => notes.delete(session),
  );
}

/** What the map refuses leaves the entry that is there as it was: it goes with its value. */
function refuse(number: number): void {
  for (let id = 0; id < COUNT; id++) {
    addNew(id + number * COUNT, (session) => refused.set(session.id, session));
    try {
      refused.set(id + number * COUNT, id as unknown as Session);
      wrongAnswers++;
    } catch (error) {
      if (!(error instanceof NotWeaklyHoldableError)) wrongAnswers++;
    }
  }
}

/** Of forty the odd ones go after the tenth step; then one that lives is deleted and one is added. */
async function goThrough(
  add: (session: Session) => unknown,
  all: () => Iterator<Session>,
  remove: (session: Session) => unknown,
): Promise<void> {
  let held: Session[] = [];
  for (let id = 0; id < COUNT; id++) held.push(addNew(id, add));
  const seen: number[] = [];
  const steps = all();
  for (let step = 0; ; step++) {
    const id = next(steps);
    if (id === undefined) break;
    seen.push(id);
    if (step !== 10) continue;
    held = held.filter((session) => session.id % 2 === 0);
    for (let times = 0; times < 3; times++) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      gc();
    }
    remove(held[10]);
    held.push(addNew(COUNT, add));
  }
  const living = Array.from({ length: COUNT + 1 }, (_, id) => id).filter((id) => id <= 10 || (id % 2 === 0 && id !== 20));
  if (seen.join() !== living.join()) wrongAnswers++;
}

/** In functions of their own, so that no local of the loop holds what it saw last. */
function addNew(id: number, add: (session: Session) => unknown): Session {
  const session = new Session(id);
  add(session);
  return session;
}

function next(steps: Iterator<Session>): number | undefined {
  const step = steps.next();
  return step.done === true ? undefined : step.value.id;
}

export function tables(): Record<string, number> {
  return { byId: byId.cells, refused: refused.cells, open: open.cells, notes: notes.cells, wrongAnswers };
}
