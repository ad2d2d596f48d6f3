import type { FinalizerKindView, FinalizersAnswer } from '@heaptrail/core';
import { expect, it } from 'vitest';
import { paintNothing } from '../ansi.ts';
import { Page } from '../page.ts';
import { finalizerSection } from './render-finalizers.ts';
import { sampleObject, sampleStep } from './sample-heap.ts';

const call = sampleObject('n-37505', 'Function', 168);
const connection = sampleObject('n-37504', 'Connection', 32);
const registry = sampleObject('n-36602', 'FinalizationRegistry', 30_000);

const kind: FinalizerKindView = {
  pattern: 'finalizer-holds-its-target',
  byFinalizersAlone: true,
  through: 'held value',
  type: 'Connection',
  objects: 900,
  registrations: 900,
  retainedBytes: 122_000,
  example: connection,
  way: [sampleStep('held value', call), sampleStep('closure connection', connection)],
  writtenAt: { function: '(anonymous)', file: '/srv/app/leaky.ts', line: 16 },
  callbackAt: { function: '(anonymous)', file: '/srv/app/leaky.ts', line: 11 },
  allocated: [],
  registry: { object: registry, where: 'global → .connect → closure finalizers' },
  alsoHeld: null,
  fix: 'give the finalizer an id',
};

function pageOf(kinds: readonly FinalizerKindView[], more: Partial<FinalizersAnswer> = {}): string {
  const page = new Page(100, paintNothing);
  finalizerSection({ registrations: 900, kinds, moreKinds: 0, ...more }, page, '/srv/app');
  return page.toString();
}

it('objects that finalizers keep are shown with the way back to them, the lines and what to do', () => {
  expect(pageOf([kind])).toMatchInlineSnapshot(`
    "LEAK  900 × Connection   122 kB, kept alive by their own finalizers alone, which wait in vain
      way         held value (Function, n-37505) → closure connection (Connection, n-37504, 32.0 B)
      written     leaky.ts:16 in (anonymous)
      registry    FinalizationRegistry n-36602, global → .connect → closure finalizers
      callback    leaky.ts:11 in (anonymous)
      pattern     finalizer-holds-its-target
      fix         give the finalizer an id
    "
  `);
});

it('one object alone, one that is held elsewhere too, and those that hold each other are told apart', () => {
  const one = { ...kind, objects: 1, registrations: 2, through: 'callback' as const };
  const list = sampleObject('n-8', 'Set', 800);
  const elsewhere = {
    ...kind,
    byFinalizersAlone: false,
    alsoHeld: [sampleStep('global', registry), sampleStep('.live', list), sampleStep('{…}', call)],
  };
  const ring = { ...kind, pattern: 'finalizers-hold-each-other' as const, way: [], writtenAt: null, callbackAt: null, registry: null };
  expect(pageOf([one, elsewhere, ring])).toMatchInlineSnapshot(`
    "LEAK  Connection  n-37504   122 kB, kept alive by the callback of its registry alone, which waits in
    vain (2 registrations)
      way         held value (Function, n-37505) → closure connection (Connection, n-37504, 32.0 B)
      written     leaky.ts:16 in (anonymous)
      registry    FinalizationRegistry n-36602, global → .connect → closure finalizers
      pattern     finalizer-holds-its-target
      fix         give the finalizer an id

    SUSPECT  900 × Connection   122 kB, reached only through their finalizers, which wait in vain
      way         held value (Function, n-37505) → closure connection (Connection, n-37504, 32.0 B)
      written     leaky.ts:16 in (anonymous)
      also held   global (FinalizationRegistry, n-36602) → .live (Set, n-8) → {…}
                  (Function, n-37505, 168 B)
      registry    FinalizationRegistry n-36602, global → .connect → closure finalizers
      callback    leaky.ts:11 in (anonymous)
      pattern     finalizer-holds-its-target
      fix         give the finalizer an id

    LEAK  900 × Connection   122 kB, kept alive by finalizers alone, which hold each other's objects and
    wait in vain
      way         too long to be shown
      pattern     finalizers-hold-each-other
      fix         give the finalizer an id
    "
  `);
});

it('more than a few are counted, and none are no section', () => {
  expect(pageOf([kind, kind, kind, kind], { moreKinds: 2 })).toContain(
    '… and 3 more sorts of objects that finalizers keep; --json lists them',
  );
  expect(pageOf([])).toBe('\n');
});
