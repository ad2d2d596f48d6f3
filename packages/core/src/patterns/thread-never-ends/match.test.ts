import { describe, expect, it } from 'vitest';
import { each, evidenceOf } from '../testing/evidence-of.ts';
import { threadNeverEnds } from './match.ts';

/** Threads in the standard library's list, at the line that `site` gives. */
const threads = (n: number, more: (i: number) => string, site: (i: number) => string = () => 'app.py:9 run'): string =>
  `module std = m\nm .active l\n${each(n, (i) => `thread${i}: thread\nl [${i}] thread${i}\nthread${i} @ ${site(i)}\n${more(i)}`)}`;

describe('thread-never-ends', () => {
  it('names threads whose own stack alone has what they wait on', () => {
    const own = (i: number): string => `thread${i} <waits> q${i}\nthread${i} local q q${i}`;
    const match = threadNeverEnds.match(evidenceOf((n) => threads(n, own)));
    expect(match).toMatchObject({ exact: true, title: 'waits for ever in run' });
    expect(match?.evidence).toEqual(['60 wait in future at run (app.py:9), and nothing that still runs can reach what they wait on']);
  });

  it('names threads that pile up at one line, without claiming that nothing can wake them', () => {
    const match = threadNeverEnds.match(evidenceOf((n) => threads(n, (i) => `thread${i} <waits> lock\nm .lock lock`)));
    expect(match).toMatchObject({ exact: false });
    expect(match?.evidence).toEqual(['48 of 48 new threads are at run (app.py:9)']);
  });

  it('keeps silent on threads at many lines, and on other things', () => {
    expect(
      threadNeverEnds.match(
        evidenceOf((n) =>
          threads(
            n,
            () => '',
            (i) => `app.py:${i + 1} run`,
          ),
        ),
      ),
    ).toBeUndefined();
    expect(threadNeverEnds.match(evidenceOf((n) => `module app = m\nm .l l\n${each(n, (i) => `l [${i}] item${i}`)}`))).toBeUndefined();
  });
});
