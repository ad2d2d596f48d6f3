import { describe, expect, test } from 'vitest';
import { parseProfile } from '../../graph/profile/testing/profile-notation.ts';
import { profileAnswer, profileSummary } from './profile-answer.ts';

const PICTURE = `
  main app.js:1 100B 1x
    load app.js:9:3 300B 4x ±30
      parse node:json:3 500B 25x ±40
    idle app.js:20
  start node:main:1 100B 0x
`;

describe('what a profile answers', () => {
  const profile = parseProfile(PICTURE);

  test('lines of the program first, with what libraries allocated for them, and how sure that is', () => {
    const { lines } = profileAnswer(profile, 1);
    expect(lines).toEqual({
      rows: [
        {
          at: { function: 'load', file: 'app.js', line: 9, column: 3, library: false },
          bytes: 800,
          share: 0.8,
          counts: 29,
          error: (1.96 * 50) / 800,
        },
      ],
      rest: { rows: 1, bytes: 100 },
      elsewhereBytes: 100,
    });
  });

  test('functions that allocate themselves, and not those that only call', () => {
    const { functions } = profileAnswer(profile, 3);
    expect(functions.rows.map(({ at, bytes, withCalleesBytes }) => [at.function, at.library, bytes, withCalleesBytes])).toEqual([
      ['parse', true, 500, 500],
      ['load', false, 300, 800],
      ['main', false, 100, 900],
    ]);
    expect(functions.rest).toEqual({ rows: 1, bytes: 100 });
  });

  test('stacks, innermost frame first, and how many frames are left out of deep ones', () => {
    const deep = Array.from({ length: 100 }, (_, depth) =>
      `${'  '.repeat(depth)}f${depth} a.js:${depth + 1} ${depth === 99 ? '7B' : ''}`.trimEnd(),
    );
    const { stacks } = profileAnswer(parseProfile(deep.join('\n')), 5);
    expect(stacks.rows.map(({ frames, moreFrames }) => [frames[0].function, frames.length, moreFrames])).toEqual([['f99', 64, 36]]);
  });

  test('an error only of estimates, and never more than the whole', () => {
    const rowOf = (picture: string, facts = {}) => profileAnswer(parseProfile(picture, facts), 1).lines.rows[0];
    expect(rowOf('f a.js:1 5B 1x ±5').error).toBe(1);
    expect(rowOf('f a.js:1 5B').error).toBeNull();
    expect(rowOf('f a.js:1 5B 9x', { basis: 'counted', varied: false })).toMatchObject({ counts: 9, error: null });
    expect(rowOf('f a.js:1 5B', { counted: false, varied: false })).toMatchObject({ counts: null, error: null });
  });

  test('the head says what the file is, and an empty one has shares of nothing', () => {
    const empty = parseProfile('', { gaps: ['cut off'] });
    const loaded = { profile: empty, format: 'heapprofile', runtime: { name: 'v8', version: undefined }, whole: false };
    expect(profileSummary(loaded, { path: 'a.heapprofile', sizeBytes: 12 })).toEqual({
      file: 'a.heapprofile',
      fileBytes: 12,
      format: 'heapprofile',
      runtime: { name: 'v8', version: null },
      basis: 'sampled',
      scope: 'live',
      lines: 'statement',
      totalBytes: 0,
      counts: 0,
      functions: 0,
      stacks: 0,
      whole: false,
      gaps: ['cut off'],
    });
    expect(profileAnswer(empty, 5).functions).toEqual({ rows: [], rest: { rows: 0, bytes: 0 } });
  });
});
