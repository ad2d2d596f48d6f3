import { describe, expect, it } from 'vitest';
import { defaultDumps, dumpToThin, nextDumpAtMs, type DumpPlanState, type PlannedDump } from './dump-plan.ts';

interface Story {
  readonly endsAtMs?: number;
  readonly wantedDumps?: number;
  readonly warmAtMs?: number;
  readonly costMs?: number;
  readonly wallMs?: number;
  readonly tracingSinceMs?: number;
  readonly untilMs?: number;
  readonly leadingProcesses?: number;
}

/** Plays a plan through with a clock that stands still between dumps; answers when dumps were taken, in seconds. */
function play(story: Story): number[] {
  const dumps: PlannedDump[] = [];
  const wallMs = story.wallMs ?? 100;
  for (let i = 0; i < 1000; i++) {
    const state: DumpPlanState = {
      nowMs: dumps.at(-1)?.atMs ?? 0,
      openedAtMs: 0,
      endsAtMs: story.endsAtMs,
      wantedDumps: story.wantedDumps ?? defaultDumps(story.endsAtMs),
      warmAtMs: story.warmAtMs ?? 3000,
      dumps,
      tracingSinceMs:
        story.tracingSinceMs !== undefined && (dumps.at(-1)?.atMs ?? 0) >= story.tracingSinceMs ? story.tracingSinceMs : undefined,
      leadingProcesses: story.leadingProcesses ?? 1,
      rssBytes: undefined,
      rssAtLastDumpBytes: undefined,
    };
    const atMs = nextDumpAtMs(state);
    if (atMs === undefined || atMs > (story.untilMs ?? Infinity)) break;
    dumps.push({ atMs, wallMs, costMs: story.costMs ?? 100 });
  }
  return dumps.map((dump) => Math.round(dump.atMs / 100) / 10);
}

describe('nextDumpAtMs', () => {
  it('spreads the dumps over a minute, early ones close together, and leaves the last to the end', () => {
    expect(play({ endsAtMs: 60_000 })).toEqual([3, 7.5, 14.3, 24.7, 37.4, 48.2]);
  });

  it('has at least three dumps left after tracing begins in a demo of 30 seconds', () => {
    const taken = play({ endsAtMs: 30_000 });
    expect(taken).toEqual([3, 5.1, 8.4, 13.3, 19.3, 24.4]);
    expect(taken.filter((second) => second > 8.4).length + 1).toBeGreaterThanOrEqual(3);
  });

  it('adds dumps when tracing begins late', () => {
    const late = play({ endsAtMs: 60_000, tracingSinceMs: 46_000 });
    expect(late.filter((second) => second > 46).length + 1).toBeGreaterThanOrEqual(3);
  });

  it('spaces dumps irregularly, so that a program with a period is not always met in the same phase', () => {
    const taken = play({ endsAtMs: 600_000 });
    const gaps = taken.slice(1).map((second, i) => second - taken[i]);
    expect(new Set(gaps.map((gap) => Math.round(gap))).size).toBe(gaps.length);
  });

  it('takes the first dump when start-up is over, at the latest after a quarter of the time', () => {
    expect(play({ endsAtMs: 40_000, warmAtMs: 5000 })[0]).toBe(5);
    expect(play({ endsAtMs: 40_000, warmAtMs: Infinity })[0]).toBe(10);
  });

  it('spends no more than a twentieth of the time on dumps when nobody set an end', () => {
    const taken = play({ costMs: 4000, wallMs: 4000, untilMs: 600_000 });
    for (let i = 1; i < taken.length; i++) expect(taken[i] - taken[i - 1]).toBeGreaterThanOrEqual(80);
  });

  it('shares that among the processes that are dumped', () => {
    const taken = play({ costMs: 1000, untilMs: 600_000, leadingProcesses: 4 });
    for (let i = 1; i < taken.length; i++) expect(taken[i] - taken[i - 1]).toBeGreaterThanOrEqual(80);
  });

  it('still takes four dumps within a duration that somebody set, however costly they are', () => {
    expect(play({ endsAtMs: 60_000, costMs: 5000, wallMs: 5000 }).length + 1).toBeGreaterThanOrEqual(3);
  });

  it('lets the gaps grow to ten minutes without an end', () => {
    const taken = play({ untilMs: 86_400_000 });
    expect(taken.slice(0, 4)).toEqual([3, 8.2, 13, 23.8]);
    const gaps = taken.slice(1).map((second, i) => second - taken[i]);
    expect(Math.max(...gaps)).toBeLessThan(781);
    expect(taken.length).toBeLessThan(200);
  });

  it('takes a dump sooner when the memory jumped', () => {
    const dumps = [{ atMs: 10_000, wallMs: 50, costMs: 50 }];
    const state = {
      nowMs: 12_000,
      openedAtMs: 0,
      endsAtMs: 600_000,
      wantedDumps: 8,
      warmAtMs: 3000,
      dumps,
      tracingSinceMs: undefined,
      leadingProcesses: 1,
    };
    const steady = nextDumpAtMs({ ...state, rssBytes: 100e6, rssAtLastDumpBytes: 100e6 });
    const burst = nextDumpAtMs({ ...state, rssBytes: 200e6, rssAtLastDumpBytes: 100e6 });
    expect(burst).toBe(10_560);
    expect(steady).toBeGreaterThan(30_000);
  });
});

describe('dumpToThin', () => {
  it('removes nothing as long as there are few', () => {
    expect(dumpToThin([1, 2, 3, 4], 12)).toBeUndefined();
  });

  it('removes the one that says least and never the first or the last two', () => {
    expect(dumpToThin([0, 10, 11, 12, 100, 200, 300], 6)).toBe(2);
    expect(dumpToThin([0, 100, 200, 300, 301, 302], 5)).not.toBeOneOf([0, 4, 5]);
  });

  it('keeps the times spread over days', () => {
    const kept: number[] = [];
    for (let minute = 0; minute < 3000; minute += 10) {
      kept.push(minute);
      const index = dumpToThin(kept, 12);
      if (index !== undefined) kept.splice(index, 1);
    }
    expect(kept).toHaveLength(12);
    expect(kept[0]).toBe(0);
    const gaps = kept.slice(1).map((minute, i) => minute - kept[i]);
    expect(Math.max(...gaps)).toBeLessThan(1000);
  });
});
