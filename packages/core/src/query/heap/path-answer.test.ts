import { describe, expect, it } from 'vitest';
import type { HeapPath } from '../../report/index.ts';
import { pathAnswer } from './path-answer.ts';
import { heapOfText } from './testing/heap-of-text.ts';

const LIMITS = { groups: 5, otherPaths: 5 };
const text = (path: HeapPath): string => path.map(({ step }) => step).join(' ');

const CACHE = `
  module app = m
  m .cache cache
  cache: dict
  cache [k1] a1
  cache [k2] a2
  m .last a3
  a1: Answer 100
  a2: Answer 200
  a3: Answer 300
  lost: Answer 50
  module other = o
  o .keeps a3`;

describe('why objects are alive', () => {
  it('groups the objects of a type by the way in which they are held, the heaviest first', () => {
    const { heap } = heapOfText(CACHE);
    const answer = pathAnswer(heap, 'Answer', LIMITS);
    expect(answer).toMatchObject({ objects: 4, unheld: 1, lookedAt: 3, moreGroups: 0 });
    expect(answer.groups.map(({ objects, retainedBytes, path }) => [objects, retainedBytes, text(path)])).toEqual([
      [2, 300, 'module app .cache ["k2"]'],
      [1, 300, 'module app .last'],
    ]);
  });

  it('shows every holder of one object', () => {
    const { heap, node } = heapOfText(CACHE);
    const answer = pathAnswer(heap, `n-${node('a3')}`, LIMITS);
    expect(answer.groups.map(({ path }) => text(path))).toEqual(['module app .last']);
    expect(answer.otherPaths.map(text)).toEqual(['module other .keeps']);
  });

  it('finds an object by its address', () => {
    const { heap, node } = heapOfText(CACHE);
    const { address } = heap.view(node('a1'));
    expect(pathAnswer(heap, address, LIMITS).groups[0]?.example.handle).toBe(`n-${node('a1')}`);
  });

  it('counts objects inside one another once', () => {
    const { heap } = heapOfText('module app = m\nm .head a1\na1: Link 10\na2: Link 10\na1 .next a2');
    expect(pathAnswer(heap, 'Link', LIMITS).groups.map((group) => group.retainedBytes)).toEqual([20, 0]);
  });

  it('says when nothing holds what was asked for', () => {
    const { heap, node } = heapOfText(CACHE);
    expect(pathAnswer(heap, `n-${node('lost')}`, LIMITS)).toMatchObject({ objects: 1, unheld: 1, groups: [] });
  });

  it('offers names when there is no such type', () => {
    const { heap } = heapOfText(CACHE);
    expect(() => pathAnswer(heap, 'answ', LIMITS)).toThrow(/did you mean Answer\?/);
    expect(() => pathAnswer(heap, 'n-99', LIMITS)).toThrow(/n-0 to n-/);
    expect(() => pathAnswer(heap, '@0x1', LIMITS)).toThrow(/no object of this heap has that address/);
  });
});
