import { describe, expect, it } from 'vitest';
import { parseGraph } from '../../graph/text-notation.ts';
import { GrowthTracker, type Growth } from './growth-tracker.ts';

const range = (n: number, of: (i: number) => string): string => Array.from({ length: n }, (_, i) => of(i)).join('\n');

/** Growth over five dumps, a second apart, of a heap written as text for each count of work done. */
function growthsOf(
  heapAt: (work: number) => string,
  works = [10, 20, 30, 40, 50],
): { readonly tracker: GrowthTracker; readonly growths: readonly Growth[] } {
  const tracker = new GrowthTracker();
  works.forEach((work, i) => tracker.add(parseGraph(heapAt(work)).graph, i * 1000));
  return { tracker, growths: tracker.result()!.growths };
}

const placesOf = (heapAt: (work: number) => string, works?: number[]): string[] => {
  const { tracker, growths } = growthsOf(heapAt, works);
  return growths.map((growth) => tracker.places.path(growth.place.holder).join(' | '));
};

describe('growth by path', () => {
  it('names the holder of what multiplies, not what hangs below it', () => {
    const heap = (n: number): string =>
      `module app = m\nm .cache cache\n${range(n, (i) => `cache [k${i}] item${i}\nitem${i} .rows rows${i}\nrows${i} [0] cell${i}`)}`;
    expect(placesOf(heap)).toEqual(['module app m | .cache cache']);
  });

  it('sees nothing in a heap that stays as it is', () => {
    expect(placesOf(() => `module app = m\nm .cache cache\n${range(50, (i) => `cache [k${i}] item${i}`)}`)).toEqual([]);
  });

  it('sees nothing when objects come and go in equal numbers', () => {
    expect(placesOf((work) => `module app = m\nm .cache cache\n${range(50, (i) => `cache [k${i + work}] item${i + work}`)}`)).toEqual([]);
  });

  it('sees nothing in one step up', () => {
    expect(placesOf((work) => `module app = m\nm .table t\n${range(work > 25 ? 500 : 5, (i) => `t [${i}] row${i}`)}`)).toEqual([]);
  });

  it('makes keys and values of one container one growth', () => {
    const heap = (n: number): string => `module app = m\nm .cache cache\n${range(n, (i) => `cache <key> key${i}\ncache [k${i}] item${i}`)}`;
    const { growths } = growthsOf(heap);
    expect(growths).toHaveLength(1);
    expect(growths[0].place.members).toHaveLength(2);
  });

  it('folds a linked list into one place, however long', () => {
    const heap = (n: number): string => `module app = m\nm .head link0\n${range(n, (i) => `link${i} .next link${i + 1}`)}`;
    const { tracker, growths } = growthsOf(heap);
    expect(growths).toHaveLength(1);
    expect(tracker.places.size).toBeLessThan(6);
    expect(tracker.places.path(growths[0].place.holder)).toEqual(['module app m', '.head link']);
  });

  it('folds a chain of two kinds of links', () => {
    const heap = (n: number): string => `module app = m\nm .head a0\n${range(n, (i) => `a${i} .b b${i}\nb${i} .a a${i + 1}`)}`;
    const { tracker, growths } = growthsOf(heap);
    expect(growths).toHaveLength(1);
    expect(tracker.places.size).toBeLessThan(8);
  });

  it('folds a weak container under the holder that keeps its objects', () => {
    const heap = (n: number): string =>
      `module app = m\nmodule std = s\nm .items list\ns .weak data\n${range(n, (i) => `list [${i}] item${i}\ndata {} ref${i}\nref${i} ~> item${i}`)}`;
    const { tracker, growths } = growthsOf(heap);
    expect(growths.map((growth) => tracker.places.path(growth.place.holder).at(-1))).toEqual(['.items list']);
    expect(growths[0].mirrors).toEqual([['module std s', '.weak data']]);
  });

  it('folds tables that share the same weak references', () => {
    const heap = (n: number): string =>
      `module app = m\nnative table = t\nm .items list\nm .follows data\n${range(n, (i) => `list [${i}] item${i}\ndata {} ref${i}\nref${i} ~> item${i}\nkey${i}: str\nt <key> key${i}\nt [${i}] ref${i}`)}`;
    const { growths } = growthsOf(heap);
    expect(growths.map((growth) => growth.mirrors.length)).toEqual([2]);
  });

  it('lists every holder of the same objects, and names the program before the library', () => {
    const heap = (n: number): string =>
      `module std = s\nmodule app = m\nm .registry r\nr .all list\ns .table t\n${range(n, (i) => `list [${i}] item${i}\nt [k${i}] item${i}`)}`;
    const { tracker, growths } = growthsOf(heap);
    expect(growths.map((growth) => tracker.places.path(growth.place.holder).at(-1))).toEqual(['.all list']);
    expect(growths[0].otherHolders.map(({ place }) => tracker.places.path(place.holder).at(-1))).toEqual(['.table t']);
  });

  it('keeps two leaks apart that share one constant object', () => {
    const heap = (n: number): string =>
      `module app = m\nm .a a\nm .b b\n${range(n, (i) => `a [${i}] x${i}\nx${i} .shared thing\nb [${i}] y${i}\ny${i} .shared thing`)}`;
    expect(placesOf(heap)).toEqual(['module app m | .a a', 'module app m | .b b']);
  });

  it('leaves out a list that is made anew each time, however long', () => {
    const heap = (n: number): string =>
      `module app = m\nm .log log${n}\nlog${n}: list\nm .one one\n${range(n, (i) => `log${n} [${i}] one`)}`;
    expect(placesOf(heap)).toEqual([]);
  });

  it('leaves out what hangs on a holder that came after the first dump: an import', () => {
    const heap = (n: number): string => `module app = m\n${n > 10 ? `m .late l\n${range(n, (i) => `l [${i}] item${i}`)}` : ''}`;
    expect(placesOf(heap)).toEqual([]);
  });

  it('lists a container that its entries lead back to as a holder, not as a follower', () => {
    const heap = (n: number): string =>
      `module app = m\nm .tasks t\nm .callbacks c\n${range(n, (i) => `t [${i}] task${i}\ntask${i} .callback cb${i}\nc [${i}] cb${i}\ncb${i} .ref ref${i}\nref${i} ~> task${i}`)}`;
    expect(growthsOf(heap).growths.map((growth) => [growth.otherHolders.length, growth.mirrors.length])).toEqual([[1, 0]]);
  });

  it('keeps two leaks apart whose objects mention the same numbers', () => {
    const heap = (n: number): string =>
      `module app = m\nm .a a\nm .b b\n${range(n, (i) => `stamp${i}: str\na <key> stamp${i}\na [${i}] x${i}\nb [${i}] y${i}\ny${i} .stamp stamp${i}`)}`;
    expect(placesOf(heap)).toEqual(['module app m | .a a', 'module app m | .b b']);
  });

  it('sees a container whose entries are shared small numbers', () => {
    expect(placesOf((n) => `module app = m\nm .log log\nm .one one\n${range(n, (i) => `log [${i}] one`)}`)).toEqual([
      'module app m | .log log',
    ]);
  });

  it('leaves out weak entries whose objects wait for the collector', () => {
    const heap = (n: number): string =>
      `module app = m\nm .alive data\n${range(n, (i) => `data {} ref${i}\nref${i} ~> gone${i}\ngone${i} .self gone${i}`)}`;
    expect(placesOf(heap)).toEqual([]);
  });

  it('does not take a queue that backs up for objects that stay', () => {
    const heap = (n: number): string => `module app = m\nm .queue q\n${range(n, (i) => `q [${i}] job${i + n * 100}`)}`;
    expect(growthsOf(heap).growths[0].survival).toBe(0);
  });

  it('sees a leak below traffic that comes and goes', () => {
    const traffic = [5, 30, 8, 28, 10];
    const heap = (n: number): string =>
      `module app = m\nm .clients c\n${range(n, (i) => `c [kept${i}] client${i}`)}\n${range(traffic[n / 20 - 1], (i) => `c [now${n}x${i}] client${n}000${i}`)}`;
    const { growths } = growthsOf(heap, [20, 40, 60, 80, 100]);
    expect(growths.map((growth) => [growth.grewIn, growth.counts])).toEqual([[4, [25, 70, 68, 108, 110]]]);
  });

  it('sees nothing in traffic alone, though there is more of it at the end', () => {
    const traffic = [5, 30, 8, 28, 35];
    const heap = (n: number): string =>
      `module app = m\nm .clients c\n${range(traffic[n - 1], (i) => `c [now${n}x${i}] client${n}000${i}`)}`;
    expect(placesOf(heap, [1, 2, 3, 4, 5])).toEqual([]);
  });

  it('tells a container that fills up by its later half', () => {
    const heap = (n: number): string => `module app = m\nm .cache c\n${range(n, (i) => `c [${i}] item${i}`)}`;
    expect(growthsOf(heap, [10, 200, 300, 310, 320]).growths[0].laterOverEarlier).toBeLessThan(0.1);
    expect(growthsOf(heap).growths[0].laterOverEarlier).toBeCloseTo(1);
  });

  it('gives objects and bytes per second', () => {
    const { growths } = growthsOf((n) => `module app = m\nm .cache c\n${range(n, (i) => `c [${i}] item${i}\nitem${i} .text text${i}`)}`);
    expect(growths[0].objects.perSecond).toBeCloseTo(10);
    expect(growths[0].bytes.perSecond).toBeCloseTo(320);
    expect(growths[0].bytes.interval).toEqual([320, 320]);
  });

  it('finds the holder that gained among many of one kind', () => {
    const heap = (n: number): string =>
      `module app = m\nm .sessions s\n${range(5, (i) => `s [k${i}] session${i}\nsession${i} .log log${i}`)}\n${range(n, (i) => `log3 [${i}] line${i}`)}`;
    const { growths, tracker } = growthsOf(heap);
    expect(growths[0].concrete.holders).toBe(1);
    expect(tracker.places.path(growths[0].place.holder).at(-1)).toBe('.log log');
  });
});
