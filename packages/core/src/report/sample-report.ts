import type { Finding } from './finding.ts';
import { REPORT_SCHEMA, type Report } from './report.ts';

/** A finding with every field filled, for tests of whatever takes one. */
export function sampleFinding(change: Partial<Finding> = {}): Finding {
  return {
    fingerprint: '5f3a9c21',
    kind: 'leak',
    confidence: 'high',
    pattern: 'finalizer-registered-repeatedly',
    patternTitle: 'a finalizer is created on every call and only the first is kept in use',
    knownLibraryLeak: null,
    title: 'weakref.finalize: one more on every call',
    type: 'weakref.finalize',
    growth: { objectsPerSecond: 10, bytesPerSecond: 3870, interval: [3600, 4150], grewIn: 5, dumps: 5, perUnitOfWork: null },
    allocated: [
      { function: 'BindableProperty.__set__', file: 'site-packages/nicegui/binding.py', line: 182 },
      { function: 'refresh', file: 'app.py', line: 7 },
      { function: 'Timer._run', file: 'site-packages/nicegui/timer.py', line: 61 },
    ],
    sites: [],
    joined: { objects: 450, withThisSite: 438 },
    heldBy: [
      { step: 'module weakref', type: 'module', status: 'alive', suspect: false, reason: 'an imported module' },
      { step: 'class finalize', type: 'type', status: 'alive', suspect: false },
      { step: '._registry', type: 'dict', status: 'unknown', suspect: true, size: 450 },
      { step: '[finalize]', type: 'weakref.finalize', status: 'leaking', suspect: false },
    ],
    otherHolders: [],
    evidence: ['grew in 5 of 5 dumps', '450 registrations watch 1 target'],
    against: [],
    fix: 'test membership before creating it, or keep the owners in a WeakValueDictionary',
    ...change,
  };
}

/** A whole report of a leak, for tests of whatever takes one. */
export function sampleReport(change: Partial<Report> = {}): Report {
  return {
    schema: REPORT_SCHEMA,
    tool: { name: 'heaptrail', version: '0.1.0' },
    target: {
      command: ['python', 'app.py'],
      pid: 4242,
      runtime: { name: 'cpython', version: '3.11.7' },
      startedAt: '2026-11-21T10:00:00.000Z',
      observedMs: 60_000,
      exitCode: 0,
      signal: null,
    },
    verdict: 'leak',
    findings: [sampleFinding()],
    series: [
      {
        metric: 'rssBytes',
        verdict: 'growing',
        slopePerSecond: 4900,
        interval: [3300, 6600],
        smallestDetectablePerSecond: 5200,
        secondsToLimit: null,
      },
      {
        metric: 'threads',
        verdict: 'steady',
        slopePerSecond: 0,
        interval: [0, 0],
        smallestDetectablePerSecond: 0.02,
        secondsToLimit: null,
      },
    ],
    account: { growthBytesPerSecond: 4900, explained: [{ fingerprint: '5f3a9c21', bytesPerSecond: 3870 }], restBytesPerSecond: 1030 },
    dumps: [1, 2, 3, 4, 5].map((sequence) => ({
      sequence,
      atMs: sequence * 10_000,
      objects: 41_000 + sequence * 90,
      bytes: 5_900_000 + sequence * 38_000,
      mode: 'forked-child',
      pauseMs: 2.2,
      counted: true,
    })),
    cost: { pauseMs: [2.1, 2.4, 2.2, 2.2, 2.3], dumps: 5, samples: 60, dropped: 0, degraded: [] },
    notes: [],
    processes: [],
    ...change,
  };
}
