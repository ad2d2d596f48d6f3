import { describe, expect, it } from 'vitest';
import { each, evidenceOf } from '../testing/evidence-of.ts';
import { retainWithoutRelease } from './match.ts';

const retained = (n: number, type: string, times = 1): string =>
  each(n, (i) => Array.from({ length: times }, () => `native x = ${type}${i}`).join('\n'));

describe('retain-without-release', () => {
  it('names objects that only native code has, and says how many references that are', () => {
    const match = retainWithoutRelease.match(evidenceOf((n) => `module app = m\n${retained(n, 'page', 2)}`));
    expect(match).toMatchObject({ exact: false, title: 'retained by native code and never released' });
    expect(match?.evidence[0]).toBe('48 of 48 new objects have references that nothing in the heap accounts for, 96 in all (2 each)');
  });

  it('keeps silent on objects that the program holds itself', () => {
    const evidence = evidenceOf((n) => `module app = m\nm .pages l\n${each(n, (i) => `l [${i}] page${i}\nnative x = page${i}`)}`);
    expect(retainWithoutRelease.match(evidence)).toBeUndefined();
  });

  it('keeps silent on what a container of native code holds', () => {
    const evidence = evidenceOf((n) => `module app = m\nnative table = l\n${each(n, (i) => `l [${i}] page${i}`)}`, 'page');
    expect(retainWithoutRelease.match(evidence)).toBeUndefined();
  });

  it.each(['call', 'ref', 'class'])('keeps silent on a %s, which native code may hold for its own ends', (type) => {
    const evidence = evidenceOf((n) => `module app = m\n${retained(n, type)}`);
    expect(retainWithoutRelease.match(evidence)).toBeUndefined();
  });

  it('keeps silent where a large object of a package hides what it holds', () => {
    const withTable = (bytes: number, more = ''): ReturnType<typeof evidenceOf> =>
      evidenceOf((n) => `module app = m\ntable: pkg:array ${bytes}\nm .table table\n${more}\n${retained(n, 'page')}`, 'page');
    expect(retainWithoutRelease.match(withTable(8 * 48))).toBeUndefined();
    expect(retainWithoutRelease.match(withTable(8 * 47))).toBeDefined();
    expect(retainWithoutRelease.match(withTable(8 * 48, 'table .first other'))).toBeDefined();
  });

  it('keeps silent where the runtime does not count', () => {
    const evidence = evidenceOf((n) => `module app = m\n${retained(n, 'page')}`);
    const { outside: _, ...graph } = evidence.graph;
    expect(retainWithoutRelease.match({ ...evidence, graph })).toBeUndefined();
  });
});
