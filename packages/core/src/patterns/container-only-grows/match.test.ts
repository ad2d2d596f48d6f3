import { describe, expect, it } from 'vitest';
import { each, evidenceOf } from '../testing/evidence-of.ts';
import { containerOnlyGrows } from './match.ts';

describe('container-only-grows', () => {
  it('names a container whose entries stay', () => {
    const match = containerOnlyGrows.match(evidenceOf((n) => `module app = m\nm .journal l\n${each(n, (i) => `l [${i}] entry${i}`)}`));
    expect(match?.evidence).toEqual([
      '100 % of its entries were still there in the next dump',
      'its entries are held by nothing else that grows',
    ]);
  });

  it('keeps silent when entries pass through', () => {
    const evidence = evidenceOf((n) => `module app = m\nm .queue l\n${each(n, (i) => `l [${i}] job${i + n * 100}`)}`);
    expect(containerOnlyGrows.match(evidence)).toBeUndefined();
  });

  it('keeps silent on a chain, which is no container', () => {
    const evidence = evidenceOf((n) => `module app = m\nm .head link0\n${each(n, (i) => `link${i} .next link${i + 1}`)}`);
    expect(containerOnlyGrows.match(evidence)).toBeUndefined();
  });

  it('keeps silent on a registry of finalizers', () => {
    const evidence = evidenceOf(
      (n) =>
        `module std = s\ns .registry r\ns .owner owner\n${each(n, (i) => `finalizer${i}: finalizer\nr [${i}] finalizer${i}\nfinalizer${i} ~> owner`)}`,
    );
    expect(containerOnlyGrows.match(evidence)).toBeUndefined();
  });

  it('keeps silent on weak references that pile up', () => {
    const evidence = evidenceOf((n) => `module app = m\nm .refs l\n${each(n, (i) => `ref${i}: ref\nl [${i}] ref${i}`)}`);
    expect(containerOnlyGrows.match(evidence)).toBeUndefined();
  });
});
