import { describe, expect, it } from 'vitest';
import { each, evidenceOf } from '../testing/evidence-of.ts';
import { finalizerHoldsItsTarget } from './match.ts';

/** Registrations that hold a method, and the method what `holds` says. */
const registry = (n: number, holds: (i: number) => string): string =>
  `module std = s\ns .registry r\n${each(n, (i) => `finalizer${i}: finalizer\nr [${i}] finalizer${i}\nfinalizer${i} ~> job${i}\nfinalizer${i} .func method${i}\n${holds(i)}`)}`;

describe('finalizer-holds-its-target', () => {
  it('names finalizers whose callback leads to their target', () => {
    const match = finalizerHoldsItsTarget.match(evidenceOf((n) => registry(n, (i) => `method${i} .self job${i}`)));
    expect(match).toMatchObject({ exact: true, title: 'job is kept alive by its own finalizer' });
    expect(match?.evidence[0]).toBe('48 of 48 new finalizers reach their own target');
  });

  it('names them however long the way', () => {
    const evidence = evidenceOf((n) =>
      registry(n, (i) => `method${i} closure box box${i}\nbox${i} [0] inner${i}\ninner${i} .owner job${i}`),
    );
    expect(finalizerHoldsItsTarget.match(evidence)).toBeDefined();
  });

  it('keeps silent when the callback leads elsewhere', () => {
    const evidence = evidenceOf((n) => `frame rows = rows\n${registry(n, (i) => `method${i} .resource file${i}\nrows [${i}] job${i}`)}`);
    expect(finalizerHoldsItsTarget.match(evidence)).toBeUndefined();
  });

  it('does not go through a module, which holds everything', () => {
    const evidence = evidenceOf(
      (n) => `module app = mod\nmod: module\nmod .jobs jobs\n${registry(n, (i) => `method${i} .globals mod\njobs [${i}] job${i}`)}`,
    );
    expect(finalizerHoldsItsTarget.match(evidence)).toBeUndefined();
  });
});
