import { describe, expect, it } from 'vitest';
import type { HeapPath } from '../../report/index.ts';
import { pathAnswer } from './path-answer.ts';
import { noProgress } from '../../graph/progress.ts';
import { Heap } from './heap.ts';
import { heapOfText } from './testing/heap-of-text.ts';

const LOADED = { format: 'text', runtime: { name: 'text', version: undefined }, takenAtMs: undefined, whole: false };
const FILE = { path: 'heap.txt', sizeBytes: 1000 };
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

/** A list of `length` nodes, each with a leak as its value. */
function chain(length: number, link: (i: number) => string): string {
  const lines = ['module app = m', 'm .head n1'];
  for (let i = 1; i <= length; i++) lines.push(`n${i}: Node 0`, `leak${i}: Leak 100`, `n${i} .value leak${i}`);
  for (let i = 1; i < length; i++) lines.push(...link(i).split('\n'));
  return lines.join('\n');
}

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

  it('holds the entries of a linked list in one way, and shows what repeats once', () => {
    const { heap, node } = heapOfText(chain(9, (i) => `n${i} .next n${i + 1}`));
    const answer = pathAnswer(heap, 'Leak', LIMITS);
    expect(answer).toMatchObject({ objects: 9, moreGroups: 0 });
    expect(answer.groups.map(({ objects, retainedBytes }) => [objects, retainedBytes])).toEqual([[9, 900]]);
    // The first whose own path shows the repetition: the first three entries are held without one.
    const [{ path, example }] = answer.groups;
    expect(example.handle).toBe(`n-${node('leak4')}`);
    expect(path.map(({ step, object, repeats }) => [step, object.handle, repeats])).toEqual([
      ['module app', `n-${node('m')}`, undefined],
      ['.head', `n-${node('n1')}`, undefined],
      ['.next', `n-${node('n4')}`, { times: 3, steps: 1, first: `n-${node('n2')}`, last: `n-${node('n4')}` }],
      ['.value', `n-${node('leak4')}`, undefined],
    ]);
  });

  it('shows two and three steps that repeat together with the objects of their last repetition', () => {
    const two = heapOfText(chain(6, (i) => `n${i} .link l${i}\nl${i}: Link\nl${i} .to n${i + 1}`));
    const [{ objects, path }] = pathAnswer(two.heap, 'Leak', LIMITS).groups;
    expect(objects).toBe(6);
    expect(path.map(({ step, object, repeats }) => [step, object.handle, repeats?.times, repeats?.steps])).toEqual([
      ['module app', `n-${two.node('m')}`, undefined, undefined],
      ['.head', `n-${two.node('n1')}`, undefined, undefined],
      ['.link', `n-${two.node('l3')}`, 3, 2],
      ['.to', `n-${two.node('n4')}`, undefined, undefined],
      ['.value', `n-${two.node('leak4')}`, undefined, undefined],
    ]);
    const three = heapOfText(chain(6, (i) => `n${i} .a a${i}\na${i}: A\na${i} .b b${i}\nb${i}: B\nb${i} .to n${i + 1}`));
    const answer = pathAnswer(three.heap, `n-${three.node('leak6')}`, LIMITS);
    expect(answer.groups[0].path[2].repeats).toEqual({
      times: 5,
      steps: 3,
      first: `n-${three.node('a1')}`,
      last: `n-${three.node('n6')}`,
    });
  });

  it('shows two repetitions as they are', () => {
    const { heap, node } = heapOfText(chain(3, (i) => `n${i} .next n${i + 1}`));
    const { groups } = pathAnswer(heap, `n-${node('leak3')}`, LIMITS);
    expect(groups.map(({ path }) => text(path))).toEqual(['module app .head .next .next .value']);
    expect(pathAnswer(heap, 'Leak', LIMITS).groups.length).toBe(3);
  });

  it('names no position that only some of the repeated steps have', () => {
    const { heap, node } = heapOfText(chain(6, (i) => `n${i} [${i}] n${i + 1}`));
    expect(text(pathAnswer(heap, `n-${node('leak6')}`, LIMITS).groups[0].path)).toBe('module app .head [x] .value');
  });

  it('answers for a list of 20,000 entries as for a short one', () => {
    const { heap } = heapOfText(chain(20_000, (i) => `n${i} .next n${i + 1}`));
    expect(pathAnswer(heap, 'Leak', LIMITS).groups.map(({ objects }) => objects)).toEqual([20_000]);
  });

  it('says when nothing holds what was asked for', () => {
    const { heap, node } = heapOfText(CACHE);
    expect(pathAnswer(heap, `n-${node('lost')}`, LIMITS)).toMatchObject({ objects: 1, unheld: 1, groups: [] });
  });

  it('says of a type that is there without objects what is missing, and does not offer its own name', () => {
    const { heap } = heapOfText(CACHE);
    const types = [...heap.graph.types, { module: 'app', name: 'Cut', displayName: 'app.Cut' }];
    const cut = new Heap({ ...LOADED, graph: { ...heap.graph, types, gaps: ['the dump is damaged'] } }, FILE, noProgress);
    expect(() => pathAnswer(cut, 'Cut', LIMITS)).toThrow(/no object of that type is in the file, which .*: the dump is damaged$/);
  });

  it('offers names when there is no such type', () => {
    const { heap } = heapOfText(CACHE);
    expect(() => pathAnswer(heap, 'answ', LIMITS)).toThrow(/did you mean Answer\?/);
    expect(() => pathAnswer(heap, 'n-99', LIMITS)).toThrow(/n-0 to n-/);
    expect(() => pathAnswer(heap, '@0x1', LIMITS)).toThrow(/no object of this heap has that address/);
  });
});
