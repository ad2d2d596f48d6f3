import type { GraphView, HeapPathStep, HeapSummary, ObjectView } from '@heaptrail/core';

/** A small heap for the tests of renderers. */
export const sampleHeap: HeapSummary = {
  file: 'worker.heap',
  fileBytes: 1_117_515,
  format: 'cpython-dump',
  runtime: { name: 'cpython', version: '3.13.0' },
  takenAt: '2026-11-21T10:00:00.000Z',
  objects: 60_317,
  references: 181_000,
  shallowBytes: 9_800_000,
  heldBytes: 9_700_000,
  garbage: { objects: 12, bytes: 100_000 },
  whole: true,
  gaps: [],
};

export const LOOK = { color: false, width: 100 };

export function sampleObject(handle: string, type: string, retainedBytes: number, text: string | null = null): ObjectView {
  return { handle, type, text, address: '@0x7f00', shallowBytes: 64, retainedBytes };
}

export function sampleStep(step: string, object: ObjectView): HeapPathStep {
  return { step, type: object.type, status: 'unknown', suspect: false, object };
}

const a = sampleObject('n-1', 'app.Session', 5000);
const b = sampleObject('n-2', 'dict', 4000);
const c = sampleObject('n-3', 'str', 60, 'say "hi"\n');

/** n-1 and n-2 refer to one another; n-2 holds a text, and n-1 watches it weakly. */
export const sampleGraph: GraphView = {
  asked: ['n-1'],
  nodes: [
    { object: a, depth: 0, cycle: 1, hiddenReferents: 3, hiddenReferrers: 1 },
    { object: b, depth: 1, cycle: 1, hiddenReferents: 0, hiddenReferrers: 0 },
    { object: c, depth: 2, cycle: null, hiddenReferents: 0, hiddenReferrers: 0 },
  ],
  edges: [
    { from: 'n-1', to: 'n-2', label: '.__dict__', holds: true, cycle: 1 },
    { from: 'n-2', to: 'n-1', label: '["self"]', holds: true, cycle: 1 },
    { from: 'n-2', to: 'n-3', label: '["name"]', holds: true, cycle: null },
    { from: 'n-1', to: 'n-3', label: '.watched', holds: false, cycle: null },
  ],
  leftOut: 4,
};
