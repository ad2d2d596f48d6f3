import { describe, expect, it } from 'vitest';
import { each, evidenceOf } from '../testing/evidence-of.ts';
import { finalizerRegisteredRepeatedly } from './match.ts';

describe('finalizer-registered-repeatedly', () => {
  it('names a registry that grows by finalizers of one object', () => {
    const evidence = evidenceOf(
      (n) =>
        `module std = s\ns .registry r\ns .owner owner\n${each(n, (i) => `finalizer${i}: finalizer\nr [${i}] finalizer${i}\nfinalizer${i} ~> owner`)}`,
    );
    expect(finalizerRegisteredRepeatedly.match(evidence)?.evidence).toEqual([
      '48 new finalizers watch one object',
      'all with the callback callback',
    ]);
  });

  it('keeps silent when every finalizer watches an object of its own', () => {
    const evidence = evidenceOf(
      (n) =>
        `module std = s\nframe rows = rows\ns .registry r\n${each(n, (i) => `finalizer${i}: finalizer\nr [${i}] finalizer${i}\nfinalizer${i} ~> owner${i}\nrows [${i}] owner${i}`)}`,
    );
    expect(finalizerRegisteredRepeatedly.match(evidence)).toBeUndefined();
  });

  it('keeps silent on a container of other things', () => {
    const evidence = evidenceOf((n) => `module app = m\nm .list l\n${each(n, (i) => `l [${i}] item${i}`)}`);
    expect(finalizerRegisteredRepeatedly.match(evidence)).toBeUndefined();
  });
});
