import { describe, expect, it } from 'vitest';
import { parseGraph } from '../../graph/text-notation.ts';
import { judgeWaiters } from './judge-waiters.ts';

/** Verdicts by name, as a person would note them down. */
function verdicts(text: string): Record<string, string> {
  const { graph, node } = parseGraph(text);
  const names = [...new Set(text.match(/\b(?:t|th)\d\b/g))];
  const { waiters, undecidable } = judgeWaiters(graph);
  if (undecidable !== undefined) return { undecidable };
  const found = names.flatMap((name) => {
    const judged = waiters.find(({ waiter }) => waiter.node === node(name));
    return judged === undefined
      ? []
      : [
          [
            name,
            `${judged.verdict}${judged.isParked ? ', parked' : ''}${judged.reason === undefined ? '' : `: ${judged.reason}`}`,
          ] as const,
        ];
  });
  return Object.fromEntries(found);
}

/** A list of tasks that the program keeps: it holds them, and can do no more than cancel them. */
const tasks = (...names: readonly string[]): string =>
  `module app = m\nm .tasks tasks\n${names.map((name, i) => `${name}: task\ntasks [${i}] ${name}`).join('\n')}`;

describe('a task', () => {
  it('never wakes when only its own function has what it waits on', () => {
    expect(verdicts(`${tasks('t1')}\nt1 <waits> f\nt1 local reply f`)).toEqual({ t1: 'never' });
  });

  it('wakes when a module leads to what it waits on', () => {
    expect(verdicts(`${tasks('t1')}\nt1 <waits> f\nt1 local reply f\nm .queue q\nq .getters l\nl [0] f`)).toEqual({ t1: 'awake' });
  });

  it('wakes when a running function, native code or a weak reference leads there', () => {
    for (const holder of ['frame x = q', 'native x = q', 'm .ref r\nr ~> q'])
      expect(verdicts(`${tasks('t1')}\nt1 <waits> f\nq .future f\n${holder}`)).toEqual({ t1: 'awake' });
  });

  it('wakes when something calls it', () => {
    expect(verdicts(`${tasks('t1')}\nt1 <waits> f\nwaker: call\nwaker .self t1\nm .callbacks l\nl [0] waker`)).toEqual({ t1: 'awake' });
  });

  it('is not woken by who only holds the task, nor by a list of all tasks', () => {
    expect(verdicts(`${tasks('t1')}\nt1 <waits> f\nm .all all\nall: registry\nall [0] f\nt1 local x f`)).toEqual({ t1: 'never' });
  });

  it('wakes with a task that wakes and then leads to what it waits on', () => {
    const chain = 't1 <waits> f1\nm .future f1\nt1 local x f2\nt2 <waits> f2\nt2 local y f3\nt3 <waits> f3';
    expect(verdicts(`${tasks('t1', 't2', 't3')}\n${chain}`)).toEqual({ t1: 'awake', t2: 'awake', t3: 'awake' });
  });

  it('never wakes in a ring of tasks that wait for each other', () => {
    const ring = 't1 <waits> f1\nt1 local x f2\nt2 <waits> f2\nt2 local x f1';
    expect(verdicts(`${tasks('t1', 't2')}\n${ring}`)).toEqual({ t1: 'never', t2: 'never' });
  });

  it('never wakes when it waits for one that never does, though the program holds that one', () => {
    expect(verdicts(`${tasks('t1', 't2')}\nt1 <waits> f\nt1 local x f\nt2 <waits> t1\nt2 local x t1`)).toEqual({
      t1: 'never',
      t2: 'never',
    });
  });

  it('wakes when what it waits on is garbage, for the collector may end the wait', () => {
    expect(verdicts(`${tasks('t1')}\nt1 <waits> f\ngarbage .future f`)).toEqual({ t1: 'awake' });
  });

  it('is for the collector when nothing holds it', () => {
    expect(verdicts('module app = m\nt1: task\nt1 <waits> f\nf .callback t1')).toEqual({ t1: 'awake' });
  });

  it('wakes when the end of something that lives calls who leads there', () => {
    expect(verdicts(`${tasks('t1')}\nm .thing x\nt1 <waits> f\nt1 local watcher w\nw ~> x\nw <callback> c\nc .future f`)).toEqual({
      t1: 'awake',
    });
  });

  it('is what a running function waits for when that has it in its hands', () => {
    expect(verdicts('module app = m\nframe main = t1\nt1: task\nt1 <waits> f')).toEqual({ t1: 'awake' });
  });

  it('is parked when no variable of the program leads to what it waits on', () => {
    expect(
      verdicts(`${tasks('t1', 't2')}\nt1 <waits> f1\nt1 local x other\nt2 <waits> f2\nt2 local event e\ne .waiters l\nl [0] f2`),
    ).toEqual({
      t1: 'never, parked',
      t2: 'never',
    });
  });

  it('is parked when a variable leads there by way of the wait alone', () => {
    expect(verdicts(`${tasks('t1')}\nt1 <waits> f\nt1 <in> c\nt1 local x c\nc .awaits f`)).toEqual({ t1: 'never, parked' });
  });
});

describe('one cannot tell of a task', () => {
  it('that a timer leads to', () => {
    const timer = 'm .loop timer\ntimer: alarm\ntimer .callback c\nc: call\nc .self timeout\ntimeout .task t1';
    expect(verdicts(`${tasks('t1')}\nt1 <waits> f\nt1 local x f\n${timer}`)).toEqual({
      t1: 'cannot-tell: a timer leads to it, and may cancel it',
    });
  });

  it('that is an argument of what a timer calls; but a list that a timer leads to says nothing', () => {
    const timer = 'm .loop timer\ntimer: alarm\ntimer .args a\na: tuple\na [0] t1\na [1] server\nserver .tasks tasks';
    expect(verdicts(`${tasks('t1', 't2')}\nt1 <waits> f\nt1 local x f\nt2 <waits> g\nt2 local x g\n${timer}`)).toEqual({
      t1: 'cannot-tell: a timer leads to it, and may cancel it',
      t2: 'never',
    });
  });

  it('that a variable of a running task holds', () => {
    const parent = 't2 <waits> g\nm .future g\nt2 local child t1';
    expect(verdicts(`${tasks('t1', 't2')}\nt1 <waits> f\nt1 local x f\n${parent}`)).toEqual({
      t1: 'cannot-tell: a variable of a function that still runs holds it, and may be there to cancel it',
      t2: 'awake',
    });
  });

  it('that a running task waits for', () => {
    const parent = 't2 <waits> g\nm .timer g\nt1 <calls> c\nc closure outer g';
    expect(verdicts(`${tasks('t1', 't2')}\nt1 <waits> f\nt1 local x f\n${parent}`)).toEqual({
      t1: 'cannot-tell: a task that still runs waits for it, and may give up',
      t2: 'awake',
    });
  });

  it('when only native code of somebody else leads to what it waits on', () => {
    expect(verdicts(`${tasks('t1')}\nt1 <waits> f\nt1 local x n\nn: foreign.Handle\nn .future f`)).toEqual({
      t1: 'cannot-tell: native code behind foreign.Handle may reach what it waits for',
    });
  });

  it('that waits on what a task holds of which one cannot tell', () => {
    const timer = 'm .loop timer\ntimer: alarm\ntimer .task t1';
    expect(verdicts(`${tasks('t1', 't2')}\nt1 <waits> f\nt1 local x f\nt1 local y g\nt2 <waits> g\nt2 local y g\n${timer}`)).toEqual({
      t1: 'cannot-tell: a timer leads to it, and may cancel it',
      t2: 'cannot-tell: a task that may be ended by its holder reaches what it waits for',
    });
  });

  it('in a heap whose references were not counted', () => {
    expect(verdicts(`${tasks('t1')}\nr: running\nt1 <waits> f`)).toEqual({ undecidable: 'the heap was walked while the program ran' });
  });
});

describe('a thread', () => {
  /** A thread that the standard library lists, with what its stack has. */
  const thread = (name: string, ...holds: readonly string[]): string =>
    `module threading = active\nactive: registry\n${name}: thread\nactive [0] ${name}\n${holds.map((each) => `native stack = ${each}\n${name} <holds> ${each}`).join('\n')}`;

  it('never ends when its own stack alone has what it waits on', () => {
    expect(verdicts(`${thread('th1', 'q')}\nth1 <waits> lock\nth1 local q q\nq .waiters lock`)).toEqual({ th1: 'never' });
  });

  it('may be woken when one reference more is held from outside than its stack has', () => {
    expect(verdicts(`${thread('th1', 'q')}\nnative other = q\nth1 <waits> lock\nq .waiters lock`)).toEqual({ th1: 'awake' });
  });

  it('may be woken when its stack has more than is known of', () => {
    expect(verdicts(`${thread('th1', 'q')}\nth1 <holds> q\nth1 <waits> lock\nq .waiters lock`)).toEqual({ th1: 'awake' });
  });

  it('never ends when it shares what it waits on with threads that never end', () => {
    const both = `${thread('th1', 'q')}\n${thread('th2', 'q')}`;
    expect(verdicts(`${both}\nth1 <waits> lock1\nth2 <waits> lock2\nth1 local q q\nth2 local q q\nq [0] lock1\nq [1] lock2`)).toEqual({
      th1: 'never',
      th2: 'never',
    });
  });

  it('may be woken by who holds its object and has its queue from there', () => {
    const held = `module app = m\nm .actor th1\nth1 .inbox q\nq [0] lock`;
    expect(verdicts(`${thread('th1', 'q')}\nth1 <waits> lock\n${held}`)).toEqual({ th1: 'awake' });
    expect(verdicts(`${thread('th1', 'q')}\nth1 <waits> lock\nth1 local q q\nq [0] lock\nmodule app = m\nm .actor th1`)).toEqual({
      th1: 'never',
    });
  });

  it('that waits for another ends when that does', () => {
    const both = `${thread('th1', 'q')}\n${thread('th2')}`;
    expect(verdicts(`${both}\nth1 <waits> lock\nth1 local q q\nq [0] lock\nth2 <joins> th1`)).toEqual({ th1: 'never', th2: 'never' });
    expect(verdicts(`${both}\nmodule app = q\nth1 <waits> lock\nq [0] lock\nth2 <joins> th1`)).toEqual({ th1: 'awake', th2: 'awake' });
  });

  it('wakes with a task that leads to its queue, and the other way round', () => {
    const waits = 't1 <waits> f\nth1 <waits> lock\nq [0] lock\nq [1] f\nt1 local q q';
    expect(verdicts(`${tasks('t1')}\n${thread('th1', 'q')}\n${waits}`)).toEqual({ t1: 'never', th1: 'never' });
    expect(verdicts(`${tasks('t1')}\n${thread('th1', 'q')}\n${waits}\nm .future f`)).toEqual({ t1: 'awake', th1: 'awake' });
  });
});
