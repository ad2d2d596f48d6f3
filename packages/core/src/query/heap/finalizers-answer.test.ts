import { describe, expect, it } from 'vitest';
import { loadBytes } from '../../formats/v8-heapsnapshot/testing/load-small.ts';
import { takeSnapshot } from '../../formats/v8-heapsnapshot/testing/take-snapshot.ts';
import { noProgress } from '../../graph/progress.ts';
import type { FinalizersAnswer } from '../../report/index.ts';
import { finalizersAnswer } from './finalizers-answer.ts';
import { Heap } from './heap.ts';
import { CLEAN_FINALIZERS, LEAKY_FINALIZERS } from './testing/finalizer-programs.ts';

function answerOf(program: string): FinalizersAnswer {
  using snapshot = takeSnapshot(`${program}\ngc();`);
  const graph = loadBytes(snapshot.bytes);
  const loaded = { graph, format: 'v8-heapsnapshot', runtime: { name: 'V8', version: undefined }, takenAtMs: undefined, whole: true };
  return finalizersAnswer(new Heap(loaded, { path: snapshot.path, sizeBytes: snapshot.bytes.length }, noProgress), 20);
}

describe('objects of a program that their own finalizers keep', () => {
  it('are found whichever way the finalizer leads to them, with the line of the function', () => {
    const { kinds } = answerOf(LEAKY_FINALIZERS);
    const lines = kinds.map(({ objects, type, pattern, through, byFinalizersAlone, way, writtenAt, alsoHeld }) => {
      const steps = way.map((step) => `${step.step} ${step.type}`).join(' → ');
      const also = alsoHeld === null ? '' : `, also ${alsoHeld.map(({ step }) => step).join(' ')}`;
      const written = writtenAt === null ? '' : `, line ${writtenAt.line} in ${writtenAt.function}`;
      return `${objects} ${type}: ${pattern}, ${through}${byFinalizersAlone ? '' : ' and not alone'}${also}: ${steps}${written}`;
    });
    expect(lines.sort()).toMatchInlineSnapshot(`
      [
        "100 Account: finalizer-holds-its-target, held value: held value Function → closure this Account, line 25 in (anonymous)",
        "100 Channel: finalizer-holds-its-target, held value and not alone, also global .app .handles {…}: held value Handle → .run Function → closure this Channel, line 33 in (anonymous)",
        "100 Connection: finalizer-holds-its-target, held value: held value Socket → .owner Connection",
        "100 File: finalizer-holds-its-target, held value: held value Array → [99] File",
        "100 Lease: finalizer-holds-its-target, held value: held value Function → <bound_this> Lease",
        "100 Query: finalizer-holds-its-target, held value: held value Function → closure this Query, line 29 in (anonymous)",
        "100 Report: finalizer-holds-its-target, callback: clean-up callback Function → closure report Report, line 15 in tell",
        "100 Session: finalizer-holds-its-target, held value: held value Function → closure this Session, line 7 in (anonymous)",
        "200 Peer: finalizers-hold-each-other, held value: held value Object → .other Peer → its finalizer Object → .other Peer",
      ]
    `);
  });

  it('are none where the finalizer leads elsewhere, or where something else holds them', () => {
    const { kinds, registrations } = answerOf(CLEAN_FINALIZERS);
    expect(kinds).toEqual([]);
    expect(registrations).toBeGreaterThan(800);
  });
});
