import { describe, expect, it } from 'vitest';
import type { Growth } from '../evidence/growth/index.ts';
import { judgeGrowth } from './judge-growth.ts';

const growth = (over: Partial<Growth>): Growth => ({
  place: { holder: 1, members: [2] },
  concrete: { holder: 7, holders: 1, newNodes: new Map() },
  counts: [10, 20, 30, 40, 50],
  timesMs: [0, 5000, 10_000, 15_000, 20_000],
  grewIn: (over.counts ?? [10, 20, 30, 40, 50]).length,
  heldNatively: false,
  objects: { perSecond: 10, interval: [10, 10] },
  bytes: { perSecond: 100, interval: [100, 100] },
  survival: 1,
  remains: 1,
  laterOverEarlier: 1,
  otherHolders: [],
  mirrors: [],
  ...over,
});

const word = (over: Partial<Growth>, exact = false): string => {
  const judgement = judgeGrowth(growth(over), undefined, exact);
  return judgement.report ? `${judgement.kind} ${judgement.confidence}` : 'nothing';
};

describe('how sure a growth is', () => {
  it('follows the number of dumps', () => {
    expect(word({})).toBe('leak high');
    expect(word({ counts: [10, 20, 30, 40] })).toBe('leak medium');
    expect(word({ counts: [10, 20, 30] })).toBe('leak medium');
    expect(word({ counts: [10, 60] })).toBe('suspicion low');
    expect(word({ counts: [10, 20] })).toBe('nothing');
  });

  it('needs no more than two dumps of an exact rule', () => {
    expect(word({ counts: [10, 20] }, true)).toBe('leak high');
  });

  it('is less when all was seen within a few seconds', () => {
    expect(word({ timesMs: [0, 2000, 4000, 6000, 8000] })).toBe('leak medium');
    expect(word({ timesMs: [0, 500, 1000, 1500, 2000] })).toBe('suspicion low');
  });

  it('is medium at most when the number fell in between', () => {
    expect(word({ counts: [10, 20, 15, 30, 40], grewIn: 4 })).toBe('leak medium');
  });

  it('makes nothing of a container that fills up', () => {
    expect(word({ laterOverEarlier: 0.1 })).toBe('nothing');
    expect(word({ laterOverEarlier: 0.5 })).toBe('suspicion low');
  });

  it('makes a suspicion of objects that pass through', () => {
    expect(word({ survival: 0.2 })).toBe('suspicion low');
    expect(word({ survival: 0.8 })).toBe('leak medium');
    expect(word({ survival: 0.8, counts: [10, 60, 110] })).toBe('suspicion low');
  });

  it('leaves open what slows down and whose rate may be none (the frames of an asyncio server under load)', () => {
    const wandering = { counts: [40, 92, 112, 92, 56, 88, 112], grewIn: 5, laterOverEarlier: 0.38, survival: 0.39 };
    const judged = (interval: readonly [number, number], over: Partial<Growth> = {}) =>
      judgeGrowth(growth({ ...wandering, objects: { perSecond: 0.5, interval }, ...over }), undefined, false);
    expect(judged([-2, 3])).toMatchObject({ report: false, open: true });
    expect(judged([0.1, 3])).toMatchObject({ report: true, kind: 'suspicion' });
    expect(judged([-2, 3], { laterOverEarlier: 1 })).toMatchObject({ report: true, kind: 'suspicion' });
  });

  it('leaves open what slows down while most of what was there at first is gone (windows of 10 s, three kept, observed for a minute)', () => {
    const windows = { counts: [104, 266, 484, 626, 740, 856, 915], laterOverEarlier: 0.37, survival: 0.74, remains: 0.29 };
    expect(judgeGrowth(growth(windows), undefined, false)).toMatchObject({ report: false, open: true });
    expect(judgeGrowth(growth(windows), undefined, true)).toMatchObject({ report: true, kind: 'leak' });
    expect(word({ ...windows, remains: 0.8 })).toBe('suspicion low');
    expect(word({ ...windows, laterOverEarlier: 0.9 })).toBe('leak medium');
    expect(word({ ...windows, survival: 1 })).toBe('suspicion low');
  });

  it('makes nothing of a limit beside it that is reached (the cache of re)', () => {
    const bound = { name: '_MAXCACHE', limit: 50, kind: 'stated' as const };
    expect(judgeGrowth(growth({ counts: [10, 20, 40, 50, 50], grewIn: 4 }), bound, false).report).toBe(false);
    expect(judgeGrowth(growth({ counts: [10, 20, 30, 40, 50] }), bound, false).report).toBe(true);
  });

  it('makes nothing of what the runtime bounds, and a suspicion of what a limit beside it bounds', () => {
    expect(judgeGrowth(growth({}), { name: 'maxsize', limit: 100, kind: 'runtime' }, false).report).toBe(false);
    expect(judgeGrowth(growth({}), { name: 'max_entries', limit: 100, kind: 'stated' }, false)).toMatchObject({
      kind: 'suspicion',
      confidence: 'low',
    });
  });

  it('makes nothing of a few objects that only native code holds', () => {
    const alone = { heldNatively: true, concrete: { holder: undefined, holders: 0, newNodes: new Map() } };
    expect(word(alone)).toBe('nothing');
    expect(word({ ...alone, counts: [10, 100, 200, 300, 400] })).toBe('leak high');
    expect(word({ ...alone, counts: [10, 100, 90, 300, 400], grewIn: 4 })).toBe('nothing');
  });
});
