import { describe, expect, it } from 'vitest';
import { runProgram, takeSnapshot } from '../../formats/v8-heapsnapshot/testing/take-snapshot.ts';
import { CLEAN_FINALIZERS, HEALTHY_VARIABLES, LEAKY_FINALIZERS } from './testing/finalizer-programs.ts';
import { finalizerLines, finalizersOf } from './testing/finalizers-of.ts';

describe('objects of a program that their own finalizers keep', () => {
  it('are found whichever way the finalizer leads to them, with the line of the function', () => {
    using snapshot = takeSnapshot(`${LEAKY_FINALIZERS}\ngc();`);
    expect(finalizerLines(finalizersOf(snapshot))).toMatchInlineSnapshot(`
      [
        "100 Account: finalizer-holds-its-target, held value: held value Function → closure this Account, line 25 in (anonymous)",
        "100 Channel: finalizer-holds-its-target, held value, and not alone, also global .app .handles {…}: held value Handle → .run Function → closure this Channel, line 33 in (anonymous)",
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
    using snapshot = takeSnapshot(`${CLEAN_FINALIZERS}\ngc();`);
    const { kinds, registrations } = finalizersOf(snapshot);
    expect(kinds).toEqual([]);
    expect(registrations).toBeGreaterThan(800);
  });

  it('are none where a variable holds them, of a function that runs or waits', () => {
    using snapshot = runProgram(HEALTHY_VARIABLES);
    const { kinds, registrations } = finalizersOf(snapshot);
    expect(kinds).toEqual([]);
    expect(registrations).toBeGreaterThanOrEqual(12);
  });
});
