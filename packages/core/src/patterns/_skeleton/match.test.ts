import { describe, expect, it } from 'vitest';
import { PATTERNS } from '../index.ts';
import { each, evidenceOf } from '../testing/evidence-of.ts';
import { skeleton } from './match.ts';

describe('the skeleton of a pattern', () => {
  it('is in no list', () => {
    expect(PATTERNS).not.toContain(skeleton);
  });

  it('keeps silent on a container of other things', () => {
    const evidence = evidenceOf((n) => `module app = m\nm .list l\n${each(n, (i) => `l [${i}] item${i}`)}`);
    expect(skeleton.match(evidence)).toBeUndefined();
  });
});
