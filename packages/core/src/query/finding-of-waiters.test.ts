import { describe, expect, it } from 'vitest';
import { GrowthTracker } from '../evidence/growth/index.ts';
import { WaiterTracker } from '../evidence/waiters/index.ts';
import { parseGraph } from '../graph/text-notation.ts';
import { findingsOfWaiters, type WaiterAnswer } from './finding-of-waiters.ts';

/** What is said of a heap that is the same in three dumps, or of one for each. */
function said(heapAt: (dump: number) => string): { readonly findings: readonly string[]; readonly notes: readonly string[] } {
  const { findings, notes } = answerTo(heapAt);
  return { findings: findings.map(({ finding }) => [finding.title, ...finding.evidence, ...finding.against].join('\n')), notes };
}

function answerTo(heapAt: (dump: number) => string): WaiterAnswer {
  const growth = new GrowthTracker();
  const waiters = new WaiterTracker();
  [0, 1, 2].forEach((dump) => {
    const { graph } = parseGraph(heapAt(dump));
    growth.add(graph, dump * 1000);
    waiters.add(graph, dump * 1000);
  });
  return findingsOfWaiters(growth.result()!, waiters.result(), new Set());
}

const list = 'module app = m\nm .tasks l';
/** Tasks that wait at a line each for a future that their own variable has. */
const task = (name: string, line: number, more = `${name} local reply f-${name}`): string =>
  `${name}: task\nl [${name}] ${name}\n${name} @ app.py:${line} ask\n${name} <waits> f-${name}\n${more}`;

describe('of tasks that never wake', () => {
  it('several at one line are a leak, though no more come', () => {
    const { findings, notes } = said(() => `${list}\n${task('t1', 9)}\n${task('t2', 9)}`);
    expect(findings).toMatchInlineSnapshot(`
      [
        "task: 2 wait for ever in ask
      2 wait at ask (app.py:9) on a future that nothing that still runs can reach: only cancel() can end them
      in the dumps: 2, 2, 2; 2 of them had waited in the one before already
      they retain 64 bytes",
      ]
    `);
    expect(notes).toEqual([]);
  });

  it('one alone is not called a leak, nor is one that waits for it', () => {
    expect(said(() => `${list}\n${task('t1', 9)}`)).toEqual({
      findings: [],
      notes: [
        '1 task waits at ask (app.py:9) for what nothing that still runs can reach. One alone, and no more of them later, is not called a leak.',
      ],
    });
    const pair = `${list}\n${task('t1', 9)}\nt2: task\nl [t2] t2\nt2 @ app.py:20 page\nt2 <waits> t1\nt2 local child t1`;
    expect(said(() => pair).findings).toEqual([]);
    expect(said(() => pair).notes).toHaveLength(1);
  });

  it('those that wait for such tasks belong to one finding with them', () => {
    const pages = [1, 2]
      .map((i) => `${task(`t${i}`, 9)}\np${i}: task\nl [p${i}] p${i}\np${i} @ app.py:20 page\np${i} <waits> t${i}\np${i} local child t${i}`)
      .join('\n');
    const { findings } = said(() => `${list}\n${pages}`);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toContain('2 wait at ask (app.py:9)');
    expect(findings[0]).toContain('2 more wait for these, at page (app.py:20)');
  });

  it('those that nobody was meant to wake are only mentioned', () => {
    expect(said(() => `${list}\n${task('t1', 9, '')}\n${task('t2', 9, '')}`)).toEqual({
      findings: [],
      notes: [
        '2 tasks wait at ask (app.py:9) for something that nobody was meant to bring about: what is kept from ending that way goes when it is cancelled.',
      ],
    });
  });

  it('those that began to wait since the last dump are not spoken of yet', () => {
    expect(answerTo((dump) => `${list}\n${task(`t${dump}`, 9)}\n${task(`u${dump}`, 9)}`)).toEqual({ findings: [], notes: [], open: [] });
  });
});

it('tasks of which nobody can say whether they wake are open where there are more of them in every dump', () => {
  const alarm = (name: string): string => `m .alarm-${name} a-${name}\na-${name}: alarm\na-${name} .task ${name}`;
  const tasks = (n: number): string =>
    Array.from({ length: n }, (_, i) => `${task(`t${i}`, 9, `t${i} local reply f-t${i}`)}\n${alarm(`t${i}`)}`).join('\n');
  expect(answerTo((dump) => `${list}\n${tasks(3 * dump + 2)}`)).toEqual({
    findings: [],
    notes: [],
    open: [
      '8 tasks wait at ask (app.py:9), more in every dump; whether they ever wake cannot be told: a timer leads to it, and may cancel it.',
    ],
  });
  expect(answerTo(() => `${list}\n${tasks(8)}`)).toEqual({ findings: [], notes: [], open: [] });
});

it('what another scheduler wakes is said not to be judged', () => {
  expect(said(() => `${list}\nl [0] g1\ng1: greenlet\nl [1] g2\ng2: greenlet`)).toEqual({
    findings: [],
    notes: ['2 greenlets: what wakes them is not known, and is not judged.'],
  });
});
