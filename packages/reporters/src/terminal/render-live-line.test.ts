import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayWidth } from './display-width.ts';
import { renderLiveLine, type LiveStatus } from './render-live-line.ts';

const status: LiveStatus = {
  pid: 4242,
  runtime: { name: 'cpython', version: '3.11.7' },
  script: 'app.py',
  rssBytes: 84_100_000,
  counters: [
    { name: 'threads', value: 6 },
    { name: 'tasks', value: 14, perSecond: 0 },
    { name: 'finalizers', value: 410, perSecond: 10 },
  ],
  dumps: { done: 3, planned: 5, running: false },
  elapsedMs: 41_900,
};

describe('the live line', () => {
  test('leaves out what matters least as the terminal gets narrower', () => {
    expect([130, 100, 80, 60, 40, 20, 8, 3].map((width) => renderLiveLine(status, { width }))).toMatchInlineSnapshot(`
      [
        "heaptrail  pid 4242  python 3.11  app.py   RSS 84.1 MB   threads 6  tasks 14  finalizers 410 +10.0/s   dump 3 of 5   00:41",
        "heaptrail  pid 4242  python 3.11  app.py   RSS 84.1 MB  finalizers 410 +10.0/s   dump 3 of 5   00:41",
        "pid 4242  app.py   RSS 84.1 MB  finalizers 410 +10.0/s   dump 3 of 5   00:41",
        "RSS 84.1 MB  finalizers 410 +10.0/s   dump 3 of 5   00:41",
        "RSS 84.1 MB   dump 3 of 5   00:41",
        "RSS 84.1 MB   00:41",
        "00:41",
        "00:",
      ]
    `);
  });

  test('is one line within the width, whatever the program is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 2, max: 200 }), (script, width) => {
        const line = renderLiveLine({ ...status, script }, { width });
        expect(displayWidth(line)).toBeLessThanOrEqual(width);
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
      }),
    );
  });

  test('of a program of which nothing is known yet', () => {
    expect(renderLiveLine({ pid: 7, script: '', counters: [], otherProcesses: 2, elapsedMs: 0 }, { width: 80 })).toMatchInlineSnapshot(
      `"heaptrail  pid 7 +2 more   00:00"`,
    );
  });
});
