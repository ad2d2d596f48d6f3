import { describe, expect, it } from 'vitest';
import { each, evidenceOf } from '../testing/evidence-of.ts';
import { taskNeverWakes } from './match.ts';

const handlers = (n: number, more: (i: number) => string): string =>
  `module app = m\nm .handlers l\n${each(n, (i) => `task${i}: task\nl [${i}] task${i}\ntask${i} @ app.py:9 ask\ntask${i} <waits> f${i}\n${more(i)}`)}`;

describe('task-never-wakes', () => {
  it('names tasks that nothing can wake, and says where they wait', () => {
    const match = taskNeverWakes.match(evidenceOf((n) => handlers(n, (i) => `task${i} local reply f${i}`)));
    expect(match).toMatchObject({ exact: true, title: 'waits for ever in ask', against: [] });
    expect(match?.evidence).toEqual([
      '60 wait at ask (app.py:9) on a future that nothing that still runs can reach: only cancel() can end them',
    ]);
  });

  it('names what holds such tasks, one each', () => {
    const sessions = (n: number): string =>
      `module app = m\nm .sessions l\n${each(n, (i) => `task${i}: task\nl [${i}] session${i}\nsession${i} .task task${i}\ntask${i} <waits> f${i}\ntask${i} local x f${i}`)}`;
    expect(taskNeverWakes.match(evidenceOf(sessions))).toMatchObject({ exact: true });
  });

  it('is not exact of waits that may be meant', () => {
    expect(taskNeverWakes.match(evidenceOf((n) => handlers(n, () => '')))).toMatchObject({ exact: false });
  });

  it('keeps silent when something leads to what they wait on', () => {
    const evidence = evidenceOf((n) => handlers(n, (i) => `task${i} local reply f${i}\nm .pending p\np [${i}] f${i}`), 'task');
    expect(taskNeverWakes.match(evidence)).toBeUndefined();
  });

  it('keeps silent on tasks that are done, and on other things', () => {
    expect(
      taskNeverWakes.match(evidenceOf((n) => `module app = m\nm .l l\n${each(n, (i) => `t${i}: task\nl [${i}] t${i}`)}`)),
    ).toBeUndefined();
    expect(taskNeverWakes.match(evidenceOf((n) => `module app = m\nm .l l\n${each(n, (i) => `l [${i}] item${i}`)}`))).toBeUndefined();
  });
});
