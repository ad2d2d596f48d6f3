import type { Finding, Report } from '@heaptrail/core';
import { describe, expect, test } from 'vitest';
import { sampleFinding, sampleReport } from '../../../core/src/report/sample-report.ts';
import { displayWidth } from './display-width.ts';
import { renderTerminal } from './render-terminal.ts';

const render = (report: Report, width = 110) => `\n${renderTerminal(report, { color: false, width, outDir: 'heaptrail-app-20261121' })}`;
const withFinding = (change: Partial<Finding>) => sampleReport({ findings: [sampleFinding(change)], series: [] });
const clean = sampleReport({
  verdict: 'no-leak',
  findings: [],
  account: { growthBytesPerSecond: 0, explained: [], restBytesPerSecond: 0 },
  series: [
    { metric: 'rssBytes', verdict: 'steady', slopePerSecond: 0, interval: [0, 0], smallestDetectablePerSecond: 5000, secondsToLimit: null },
    ...['threads', 'tasks', 'fds'].map((metric) => ({
      metric,
      verdict: 'steady' as const,
      slopePerSecond: 0,
      interval: null,
      smallestDetectablePerSecond: null,
      secondsToLimit: null,
    })),
  ],
});

describe('a leak', () => {
  test('is told with its line, its holder, its mistake and its remedy', () => {
    expect(render(sampleReport())).toMatchInlineSnapshot(`
      "
      LEAK  weakref.finalize  +10.0 objects/s  +3.9 kB/s (3.6 to 4.2)   grew in 5 of 5 dumps   confidence high
        allocated   nicegui/binding.py:182 in BindableProperty.__set__   (438 of 450 objects) ← app.py:7 in refresh
                    ← nicegui/timer.py:61 in Timer._run
        held by     module weakref → class finalize → ._registry (dict, 450 entries) → [finalize]
                                                      ~~~~~~~~~~ grows in every dump
        pattern     finalizer-registered-repeatedly: a finalizer is created on every call and only the first is kept
                    in use
        fix         test membership before creating it, or keep the owners in a WeakValueDictionary
        evidence    grew in 5 of 5 dumps; 450 registrations watch 1 target
        fingerprint 5f3a9c21

      RSS is growing by 4.9 kB/s (3.3 to 6.6); the finding explains 3.9 kB/s, 1.0 kB/s is not explained.
      No leak seen in threads.
      Cost: 5 dumps, paused 2.1 to 2.4 ms each; 60 samples.
      Report: heaptrail-app-20261121/report.json
      "
    `);
  });

  test('fits a narrow terminal', () => {
    expect(render(sampleReport(), 44)).toMatchInlineSnapshot(`
      "
      LEAK  weakref.finalize  +10.0 objects/s
      +3.9 kB/s (3.6 to 4.2)
      grew in 5 of 5 dumps   confidence high
        allocated
          nicegui/binding.py:182
          in BindableProperty.__set__
          (438 of 450 objects) ← app.py:7
          in refresh ← nicegui/timer.py:61
          in Timer._run
        held by
          module weakref → class finalize
          → ._registry (dict, 450 entries)
            ~~~~~~~~~~ grows in every dump
          → [finalize]
        pattern
          finalizer-registered-repeatedly: a
          finalizer is created on every call and
          only the first is kept in use
        fix
          test membership before creating it, or
          keep the owners in a WeakValueDictionary
        evidence
          grew in 5 of 5 dumps; 450 registrations
          watch 1 target
        fingerprint
          5f3a9c21

      RSS is growing by 4.9 kB/s (3.3 to 6.6); the
      finding explains 3.9 kB/s, 1.0 kB/s is not
      explained.
      No leak seen in threads.
      Cost: 5 dumps, paused 2.1 to 2.4 ms each; 60
      samples.
      Report: heaptrail-app-20261121/report.json
      "
    `);
  });

  test('without a known site, rule or remedy says so and guesses nothing', () => {
    const finding = { pattern: null, patternTitle: null, fix: null, allocated: [], joined: null, title: 'list grows at app.Cache.rows' };
    expect(render(withFinding(finding))).toMatchInlineSnapshot(`
      "
      LEAK  weakref.finalize  +10.0 objects/s  +3.9 kB/s (3.6 to 4.2)   grew in 5 of 5 dumps   confidence high
        allocated   not known
        held by     module weakref → class finalize → ._registry (dict, 450 entries) → [finalize]
                                                      ~~~~~~~~~~ grows in every dump
        pattern     none that is known: list grows at app.Cache.rows
        evidence    grew in 5 of 5 dumps; 450 registrations watch 1 target
        fingerprint 5f3a9c21

      Cost: 5 dumps, paused 2.1 to 2.4 ms each; 60 samples.
      Report: heaptrail-app-20261121/report.json
      "
    `);
  });

  test('of many holders and many sites shows the shares and how many were left out', () => {
    const site = (line: number, objects: number, share: number) => ({
      frames: [
        { function: 'load', file: '/srv/app/rows.py', line },
        { function: 'main', file: '/srv/app/main.py', line: 3 },
      ],
      objects,
      share,
    });
    const holder = (name: string) => [
      { step: 'module app', type: 'module', status: 'alive' as const, suspect: false },
      { step: `.${name}`, type: 'app.Index', status: 'unknown' as const, suspect: true },
    ];
    const finding = {
      allocated: [],
      joined: null,
      sites: [site(10, 40, 0.4), site(20, 35, 0.35), site(30, 15, 0.15), site(31, 6, 0.06), site(32, 4, 0.04)],
      otherHolders: [holder('by_name'), holder('by_id'), holder('by_age'), holder('by_colour')],
      counter: { name: 'finalizers', before: 410, after: 1010 },
      knownLibraryLeak: { package: 'example', versions: '2.11.1 - 2.14.1', link: 'https://example.org/issues/1' },
      against: ['the container is emptied once an hour'],
      growth: { ...sampleFinding().growth, grewIn: 3, perUnitOfWork: 1 },
    };
    expect(render(withFinding(finding))).toMatchInlineSnapshot(`
      "
      LEAK  weakref.finalize  +10.0 objects/s  +3.9 kB/s (3.6 to 4.2)  1.0 per unit of work   grew in 3 of 5 dumps
      confidence high
        allocated   at 5 sites, none of which made half of the objects:
                    40 % /srv/app/rows.py:10 in load   (40 objects) ← /srv/app/main.py:3 in main
                    35 % /srv/app/rows.py:20 in load   (35 objects) ← /srv/app/main.py:3 in main
                    15 % /srv/app/rows.py:30 in load   (15 objects) ← /srv/app/main.py:3 in main
                    6 % /srv/app/rows.py:31 in load   (6 objects) ← /srv/app/main.py:3 in main
                    and 1 more, listed in report.json
        held by     module weakref → class finalize → ._registry (dict, 450 entries) → [finalize]
                                                      ~~~~~~~~~~ grew in 3 of 5 dumps
        also held   module app → .by_name (app.Index)
                                 ~~~~~~~~
        also held   module app → .by_id (app.Index)
                                 ~~~~~~
        also held   module app → .by_age (app.Index)
                                 ~~~~~~~
                    and by 1 more, listed in report.json
        counter     finalizers 410 → 1010
        pattern     finalizer-registered-repeatedly: a finalizer is created on every call and only the first is kept
                    in use
        known leak  example 2.11.1 - 2.14.1, https://example.org/issues/1
        fix         test membership before creating it, or keep the owners in a WeakValueDictionary
        evidence    grew in 5 of 5 dumps; 450 registrations watch 1 target
        against     the container is emptied once an hour
        fingerprint 5f3a9c21

      Cost: 5 dumps, paused 2.1 to 2.4 ms each; 60 samples.
      Report: heaptrail-app-20261121/report.json
      "
    `);
  });
});

describe('the other verdicts', () => {
  test('suspicion: a trend alone', () => {
    const finding = {
      kind: 'suspicion' as const,
      confidence: 'low' as const,
      pattern: null,
      patternTitle: null,
      title: 'threads grow, no stack is known',
      type: 'thread',
      allocated: [],
      joined: null,
      heldBy: [],
      evidence: ['threads rose from 6 to 40'],
      fix: null,
    };
    expect(render({ ...withFinding(finding), verdict: 'suspicion' })).toMatchInlineSnapshot(`
      "
      SUSPICION  thread  +10.0 objects/s  +3.9 kB/s (3.6 to 4.2)   grew in 5 of 5 dumps   confidence low
        allocated   not known
        pattern     none that is known: threads grow, no stack is known
        evidence    threads rose from 6 to 40
        fingerprint 5f3a9c21

      Cost: 5 dumps, paused 2.1 to 2.4 ms each; 60 samples.
      Report: heaptrail-app-20261121/report.json
      "
    `);
  });

  test('no leak: what was looked at and what would have been seen', () => {
    expect(render(clean)).toMatchInlineSnapshot(`
      "
      NO LEAK  5 dumps in 60 s
      No leak seen in threads, tasks, file descriptors; growth of RSS above 300 kB/min would have been seen.
      Cost: 5 dumps, paused 2.1 to 2.4 ms each; 60 samples.
      Report: heaptrail-app-20261121/report.json
      "
    `);
  });

  test('cannot tell: why', () => {
    const notes = ['Cannot tell: the resident size grew, and no place in the heap explains it.'];
    const series = [{ ...sampleReport().series[0] }, { ...clean.series[1], verdict: 'levelling-off' as const }];
    const account = { growthBytesPerSecond: 4900, explained: [], restBytesPerSecond: 4900 };
    expect(render({ ...clean, verdict: 'cannot-tell', notes, series, account })).toMatchInlineSnapshot(`
      "
      CANNOT TELL  5 dumps in 60 s
      Cannot tell: the resident size grew, and no place in the heap explains it.
      RSS is growing by 4.9 kB/s (3.3 to 6.6).
      Levelling off: threads.
      Cost: 5 dumps, paused 2.1 to 2.4 ms each; 60 samples.
      Report: heaptrail-app-20261121/report.json
      "
    `);
  });

  test("heaptrail's own tables are told from what nothing explains", () => {
    const report = sampleReport();
    const accountText = (tracingBytesPerSecond: number, restBytesPerSecond: number): string =>
      render({ ...report, account: { ...report.account, tracingBytesPerSecond, restBytesPerSecond } }).replaceAll(/\s+/g, ' ');
    expect(accountText(830, 200)).toContain(
      "the finding explains 3.9 kB/s, heaptrail's tables of traced allocations 830 B/s or more, at most 200 B/s is not explained.",
    );
    expect(accountText(2000, -970)).toContain("the finding explains 3.9 kB/s, heaptrail's tables of traced allocations the rest.");
  });

  test('too short: what is missing, and what was done in a lesser way', () => {
    const series = clean.series.map((entry) => ({ ...entry, verdict: 'too-short' as const, smallestDetectablePerSecond: null }));
    const report: Report = {
      ...clean,
      verdict: 'too-short',
      series,
      dumps: clean.dumps.slice(0, 2).map((dump, at) => ({ ...dump, counted: at === 1 })),
      cost: {
        ...clean.cost,
        dumps: 2,
        pauseMs: [2.1, 2.1],
        dropped: 4,
        degraded: ['dumps were taken in the process: no room to fork'],
        agentCpuMs: 120,
        tracing: { startedBy: 'program', seconds: 34, tracedBytes: 1e6, overheadBytes: 1.2e6 },
      },
      notes: ['Too short: 1 of the 3 dumps after start-up that an answer needs. Observe for longer.'],
    };
    expect(render(report)).toMatchInlineSnapshot(`
      "
      TOO SHORT  1 dump in 60 s
      Too short: 1 of the 3 dumps after start-up that an answer needs. Observe for longer.
      Seen too briefly to judge: RSS, threads, tasks, file descriptors.
      Cost: 2 dumps, 1 of them counted, paused 2.1 ms each; 60 samples; 4 dropped; agent 0.1 s of CPU; allocations
      traced for 34 s (started by the program), 1.2 MB for its tables.
      Degraded: dumps were taken in the process: no room to fork
      Report: heaptrail-app-20261121/report.json
      "
    `);
  });
});

test('the other processes of the tree have one line each', () => {
  const process = (pid: number, change: Partial<Report>): Report =>
    sampleReport({ ...change, target: { ...sampleReport().target, pid, command: ['python', '-m', 'worker.py'] } });
  const processes = [
    process(5001, {}),
    process(5002, { ...clean, processes: [process(5003, { verdict: 'too-short', findings: [] })] }),
    process(5004, { findings: [sampleFinding({ fingerprint: '00000001', type: 'dict' }), sampleFinding()] }),
  ];
  expect(render({ ...sampleReport({ series: [] }), findings: [sampleFinding({ evidence: [] })], processes }).split('Cost')[1])
    .toMatchInlineSnapshot(`
      ": 5 dumps, paused 2.1 to 2.4 ms each; 60 samples.
      pid 5001  worker.py  LEAK  the same as above, weakref.finalize +10.0 objects/s +3.9 kB/s [5f3a9c21]
      pid 5002  worker.py  NO LEAK
      pid 5003  worker.py  TOO SHORT
      pid 5004  worker.py  LEAK  dict +10.0 objects/s +3.9 kB/s [00000001] and 1 more
      Report: heaptrail-app-20261121/report.json
      "
    `);
});

describe('what a hostile program can do', () => {
  const evil = 'x\u001b[2J\u0007\r\n\u202eevil\u0085';

  test('its names cannot move the cursor, start a line or turn the text around', () => {
    const finding = {
      type: evil,
      title: evil,
      evidence: [evil],
      heldBy: [{ step: evil, type: evil, status: 'leaking' as const, suspect: true, reason: evil }],
      allocated: [{ function: evil, file: evil, line: 1 }],
    };
    const text = renderTerminal({ ...withFinding(finding), notes: [evil] }, { color: false, width: 100 });
    expect(text).toContain('x\\u001b[2J\\u0007');
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  test.each([20, 31, 56, 80, 200])('long and wide names stay within %i columns', (width) => {
    const long = '日本語のクラス名'.repeat(20) + 'a'.repeat(300);
    const finding = { type: long, heldBy: [{ step: long, type: 'dict', status: 'unknown' as const, suspect: true, size: 3 }] };
    for (const line of renderTerminal(withFinding(finding), { color: false, width }).split('\n')) {
      expect(displayWidth(line)).toBeLessThanOrEqual(width);
    }
  });
});

test('colour changes nothing but colour', () => {
  const options = { width: 90, outDir: 'out' };
  const coloured = renderTerminal(sampleReport(), { ...options, color: true });
  expect(coloured).toContain('\u001b[1;31mLEAK\u001b[0m');
  expect(coloured.replace(/\u001b\[[\d;]*m/g, '')).toBe(renderTerminal(sampleReport(), { ...options, color: false }));
});
