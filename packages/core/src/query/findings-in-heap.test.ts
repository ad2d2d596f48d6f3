import { describe, expect, it } from 'vitest';
import { GrowthTracker } from '../evidence/growth/index.ts';
import { ReferenceGrowthTracker } from '../evidence/native/index.ts';
import { WaiterTracker } from '../evidence/waiters/index.ts';
import { parseGraph } from '../graph/text-notation.ts';
import { decideVerdict, type VerdictDecision } from '../report/index.ts';
import { findingsInHeap } from './findings-in-heap.ts';

const SECONDS_BETWEEN = 5;

/** What is said of a program with such heaps, five seconds apart, whose resident size is known not to grow. */
function verdictOf(dumps: number, heapAt: (dump: number) => string): VerdictDecision {
  const growth = new GrowthTracker();
  const waiters = new WaiterTracker();
  const references = new ReferenceGrowthTracker();
  const garbage = Array.from({ length: dumps }, (_, dump) => {
    const { graph } = parseGraph(heapAt(dump));
    const atMs = dump * SECONDS_BETWEEN * 1000;
    growth.add(graph, atMs);
    waiters.add(graph, atMs);
    references.add(graph);
    return { atMs, objects: 0 };
  });
  const answer = findingsInHeap({ result: growth.result(), waiters: waiters.result(), references: references.result(), garbage });
  return decideVerdict({
    findings: answer.found.map(({ finding }) => finding),
    series: [{ metric: 'rssBytes', verdict: 'steady', smallestDetectablePerSecond: 4000 }],
    countedDumps: dumps,
    openGrowth: answer.openGrowth,
  });
}

const range = (n: number, of: (i: number) => string): string => Array.from({ length: n }, (_, i) => of(i)).join('\n');
const words = (heapAt: (dump: number) => string): readonly string[] => [2, 3, 4, 7].map((dumps) => verdictOf(dumps, heapAt).verdict);

const app = 'module app = m\nm .device device0';

describe('the verdict of 2, 3, 4 and 7 dumps', () => {
  const heldFromC = (perDump: number) => (dump: number) => `${app}\n${range((dump + 1) * perDump, (i) => `native x = page${i}`)}`;

  it('of a program that leaks in native code is never "no leak": three dumps do not tell it from the tables of the interpreter', () => {
    expect(words(heldFromC(60))).toEqual(['too-short', 'cannot-tell', 'leak', 'leak']);
    expect(verdictOf(3, heldFromC(60)).notes).toMatchInlineSnapshot(`
      [
        "page in native x grew (60, 120, 180), but only native code holds them, and 3 dumps do not tell that from the interpreter's own tables, which fill up: a rise in each of at least 4 dumps, by 50 objects in all (5.0 a second in this time), is the smallest that is told. Observe for longer, with more dumps.",
      ]
    `);
  });

  it('of a program that leaks a few objects in native code is open, and says which growth would not be', () => {
    expect(words(heldFromC(6))).toEqual(['too-short', 'cannot-tell', 'cannot-tell', 'cannot-tell']);
    expect(verdictOf(7, heldFromC(6)).notes).toMatchInlineSnapshot(`
      [
        "page in native x grew (6, 12, 18, 24, 30, 36, 42), but only native code holds them, and they are few: a rise in each of at least 4 dumps, by 50 objects in all (1.7 a second in this time), is the smallest that is told. Observe for longer, with more dumps.",
      ]
    `);
  });

  it('of a program that leaks in native code below what comes and goes there is open', () => {
    const traffic = (dump: number): string => range([20, 5, 18, 3, 15, 6, 19][dump], (i) => `native x = page${dump}000${i}`);
    expect(words((dump) => `${heldFromC(12)(dump)}\n${traffic(dump)}`).slice(2)).toEqual(['cannot-tell', 'cannot-tell']);
  });

  it('of its clean twin, which native code gives back what it took, is none', () => {
    const clean = (dump: number): string => `${app}\n${range(60, (i) => `native x = page${dump}000${i}`)}`;
    expect(words(clean)).toEqual(['too-short', 'no-leak', 'no-leak', 'no-leak']);
  });

  it('of a table in native code that has filled up is none', () => {
    const table = (dump: number): string => `${app}\n${range(100 + Math.min(dump, 1) * 40, (i) => `native x = text${i}`)}`;
    expect(words(table)).toEqual(['too-short', 'no-leak', 'no-leak', 'no-leak']);
  });

  const retained = (perDump: number) => (dump: number) => `${app}\n${range(10 + dump * perDump, () => 'native x = device0')}`;

  it('of an object that native code retains again and again is open before it is a suspicion', () => {
    expect(words(retained(20))).toEqual(['too-short', 'cannot-tell', 'suspicion', 'suspicion']);
    expect(verdictOf(3, retained(20)).notes).toMatchInlineSnapshot(`
      [
        "References of native code to device grew (10, 30, 50), but that is not told from what is held for a moment: a rise in each of at least 4 dumps, by 50 references in all, is the smallest that is told. Observe for longer, with more dumps.",
      ]
    `);
    expect(words(retained(6))).toEqual(['too-short', 'cannot-tell', 'cannot-tell', 'cannot-tell']);
  });

  it('of its clean twin, which releases it as often, is none', () => {
    expect(words((dump) => retained(20)(dump % 2))).toEqual(['too-short', 'no-leak', 'no-leak', 'no-leak']);
  });

  it('of a list that grows below traffic is open until enough dumps tell what stays', () => {
    const traffic = (dump: number): string => range([40, 10, 35, 5, 30, 12, 38][dump], (i) => `c [now${dump}x${i}] client${dump}000${i}`);
    const kept = (dump: number): string => range((dump + 1) * 20, (i) => `c [kept${i}] client${i}`);
    const head = 'module app = m\nm .clients c';
    expect(words((dump) => `${head}\n${kept(dump)}\n${traffic(dump)}`)).toEqual(['too-short', 'cannot-tell', 'cannot-tell', 'leak']);
    expect(words((dump) => `${head}\n${traffic(dump)}`)).toEqual(['too-short', 'no-leak', 'no-leak', 'no-leak']);
  });

  it('of windows that rotate, three lists of ten seconds each, is open while the run is a few windows long (it was a suspicion)', () => {
    // Counts as measured in seven dumps of a minute; windows of 300 rows, of which those that are too old have been dropped.
    const counts = [104, 266, 484, 626, 740, 856, 915];
    const dropped = [0, 0, 0, 300, 300, 600, 900];
    const windows = (dump: number): string =>
      `module app = m\nm .windows d\nd: dict\n${range(counts[dump], (i) => {
        const row = dropped[dump] + i;
        const window = Math.floor(row / 300);
        const isFirst = i === 0 || row % 300 === 0;
        return `${isFirst ? `list${window}: list\nd [w${window}] list${window}\n` : ''}list${window} [${i}] row${row}`;
      })}`;
    expect(verdictOf(7, windows)).toMatchInlineSnapshot(`
      {
        "notes": [
          "row in module app → .windows → ["w3"] grew (104, 266, 484, 626, 740, 856, 915), but it slows down, and 100 % of what was there in the earlier half was gone at the end: it may be what is kept for a while, then dropped. Observe for several times as long as an entry is kept.",
        ],
        "verdict": "cannot-tell",
      }
    `);
  });

  it('of a leak below traffic that slows down stays a suspicion: what leaked early is still there at the end', () => {
    const leaked = [40, 80, 120, 160, 180, 200, 220];
    const heap = (dump: number): string =>
      `module app = m\nm .jobs l\n${range(leaked[dump], (i) => `l [k${i}] job${i}`)}\n${range(30 + dump, (i) => `l [n${i}] job${dump}000${i}`)}`;
    expect(verdictOf(7, heap).verdict).toBe('suspicion');
  });

  it('of a container that seems to fill up is open while three dumps may be bursts of work, and none when it has come to rest', () => {
    const holds = (counts: readonly number[]) => (dump: number) =>
      `module app = m\nm .cache c\n${range(counts[dump], (i) => `c [k${i}] a${i}`)}`;
    expect(words(holds([10, 60, 72, 72, 72, 72, 72])).slice(1)).toEqual(['cannot-tell', 'no-leak', 'no-leak']);
  });

  const tasks = (n: number): string =>
    `${app}\nm .tasks l\n${range(n, (i) => `t${i}: task\nl [${i}] t${i}\nt${i} @ app.py:9 ask\nt${i} <waits> f${i}\nt${i} local reply f${i}`)}`;

  it('of tasks that nothing can wake, and were not there before the last dump, is open', () => {
    expect(words((dump) => tasks(dump >= 2 ? 3 : 0)).slice(1)).toEqual(['cannot-tell', 'leak', 'leak']);
    expect(verdictOf(3, (dump) => tasks(dump === 2 ? 3 : 0)).notes).toMatchInlineSnapshot(`
      [
        "3 tasks wait at ask (app.py:9) for what nothing that still runs can reach, in the last dump only: one more dump would tell. Observe for longer.",
      ]
    `);
  });
});
