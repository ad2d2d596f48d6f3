import { PROFILE_SCHEMA, type ProfileAnswer } from '@heaptrail/core';
import { describe, expect, test } from 'vitest';
import { renderJsonDocument } from '../../json/render-json-document.ts';
import { displayWidth } from '../display-width.ts';
import { renderProfile } from './render-profile.ts';
import { sampleAnswer, sampleFrame, sampleProfile } from './sample-profile.ts';

const LOOK = { color: false, width: 110, baseDir: '/srv/shop' };
const NONE: ProfileAnswer = {
  lines: { rows: [], rest: { rows: 0, bytes: 0 }, elsewhereBytes: 0 },
  functions: { rows: [], rest: { rows: 0, bytes: 0 } },
  stacks: { rows: [], rest: { rows: 0, bytes: 0 } },
};

describe('a profile, as it is read', () => {
  test('answers first, then lists lines, functions and stacks, and says how to read them', () => {
    expect(renderProfile(sampleProfile, sampleAnswer, LOOK)).toMatchInlineSnapshot(`
      "shop.heapprofile   v8, file 48.2 kB   50.0 MB in 400 samples   310 functions, 41 stacks

      80 % (40.0 MB ± 11 %) was allocated by src/basket/session-rows.ts:41 in remember or by library code that it
      called.

        bytes  share     ±  samples  by program function  at
      40.0 MB   80 %  11 %      320  remember             src/basket/session-rows.ts:41
       9.0 MB   18 %  23 %       72  handle               src/server.ts:12
      … and 3 more functions, 400 kB
      1.2 % (600 kB) on stacks without code of the program

        bytes  share     ±  samples    with callees  allocated in  at
      30.0 MB   60 %  13 %      240  30.0 MB   60 %  push          built in
      10.0 MB   20 %  22 %       80  40.0 MB   80 %  remember      src/basket/session-rows.ts:41
       8.0 MB   16 %  25 %       64   8.0 MB   16 %  parse         node_modules/qs/lib/parse.js:200
      … and 12 more functions, 2.0 MB

        stack of 30.0 MB, 60 % in 240 samples
          push (built in) ← src/basket/session-rows.ts:41 in remember ← src/server.ts:12 in handle ← … 1 more

        stack of 8.0 MB, 16 % in 1 sample
          node_modules/qs/lib/parse.js:200 in parse ← node:events:513 in emit ← … 7 more
      … and 39 more stacks, 12.0 MB

      Bytes are estimates; ± holds in 19 cases of 20.
      What was freed before the profile was written is not in it, unless sampling was asked to keep it; the file
      does not say.
      The runtime names the line where a function begins, not the line in it that allocates.
      "
    `);
  });

  test('whose allocations were all counted has no error, and calls them allocations', () => {
    const profile = {
      ...sampleProfile,
      basis: 'counted' as const,
      scope: 'live' as const,
      lines: 'statement' as const,
      whole: false,
      gaps: ['cut off'],
    };
    const answer = { ...NONE, lines: { ...sampleAnswer.lines, rows: [{ ...sampleAnswer.lines.rows[0], error: null }] } };
    expect(renderProfile(profile, answer, LOOK)).toMatchInlineSnapshot(`
      "shop.heapprofile   v8, file 48.2 kB   50.0 MB in 400 allocations   310 functions, 41 stacks
      INCOMPLETE the file does not hold the whole profile: figures below are of what it holds
      cut off

      80 % (40.0 MB) was allocated by src/basket/session-rows.ts:41 in remember or by library code that it called.

        bytes  share  allocations  by program line  at
      40.0 MB   80 %          320  remember         src/basket/session-rows.ts:41
      … and 3 more lines, 400 kB
      1.2 % (600 kB) on stacks without code of the program

      What was freed before the profile was written is not in it.
      "
    `);
  });

  test('without counts has neither error nor samples', () => {
    const rows = [{ ...sampleAnswer.lines.rows[0], counts: null, error: null }];
    const text = renderProfile({ ...sampleProfile, counts: null }, { ...NONE, lines: { ...sampleAnswer.lines, rows } }, LOOK);
    expect(text.split('\n').slice(0, 7)).toMatchInlineSnapshot(`
      [
        "shop.heapprofile   v8, file 48.2 kB   50.0 MB   310 functions, 41 stacks",
        "",
        "80 % (40.0 MB) was allocated by src/basket/session-rows.ts:41 in remember or by library code that it called.",
        "",
        "  bytes  share  by program function  at",
        "40.0 MB   80 %  remember             src/basket/session-rows.ts:41",
        "… and 3 more functions, 400 kB",
      ]
    `);
  });

  test('shows what fits a first screen, and says what it leaves out and where that is', () => {
    const line = sampleAnswer.lines.rows[1];
    const lines = { rows: Array<typeof line>(13).fill(line), rest: { rows: 0, bytes: 0 }, elsewhereBytes: 0 };
    const text = renderProfile(sampleProfile, { ...NONE, lines }, LOOK);
    expect(text.match(/src\/server.ts:12$/gm)).toHaveLength(10);
    expect(text).toContain('… and 3 more functions, 27.0 MB; --json lists all');
    const longer = renderProfile(sampleProfile, { ...NONE, lines: { ...lines, rest: { rows: 7, bytes: 1_000_000 } } }, LOOK);
    expect(longer).toContain('… and 10 more functions, 28.0 MB; --json lists the first 13');
  });

  test('of nothing says so', () => {
    const text = renderProfile({ ...sampleProfile, totalBytes: 0, counts: 0, functions: 0, stacks: 0 }, NONE, LOOK);
    expect(text).toContain('Nothing was sampled: too little was allocated, or it was freed.');
  });

  test('without code of the program names what allocated most', () => {
    expect(renderProfile(sampleProfile, { ...NONE, functions: sampleAnswer.functions }, LOOK)).toContain(
      'No code of the program is on any stack; most was allocated by push (built in).',
    );
  });

  test.each([40, 60, 80, 200])('fits %i columns', (width) => {
    const long = sampleFrame('f'.repeat(70), `/srv/${'folder/'.repeat(30)}file.ts`, 1);
    const rows = [{ ...sampleAnswer.stacks.rows[0], frames: [long, ...sampleAnswer.stacks.rows[0].frames] }];
    const text = renderProfile(sampleProfile, { ...sampleAnswer, stacks: { ...sampleAnswer.stacks, rows } }, { ...LOOK, width });
    // Tables keep their figures however narrow the window is; everything else is broken.
    for (const line of text.split('\n')) if (!/^ *[\d.]+ \wB|^ *bytes/.test(line)) expect(displayWidth(line)).toBeLessThanOrEqual(width);
  });

  test('obeys nothing that a name asks the terminal to do', () => {
    const rows = [{ ...sampleAnswer.lines.rows[0], at: sampleFrame('\u001b[2J', '/srv/\u202e.ts', 1) }];
    const answer = { ...sampleAnswer, lines: { ...sampleAnswer.lines, rows } };
    for (const text of [
      renderProfile(sampleProfile, answer, LOOK),
      renderJsonDocument({ schema: PROFILE_SCHEMA, command: 'analyze', profile: sampleProfile, answer }),
    ])
      expect(text).not.toMatch(/[\u001b\u202e]/);
  });
});

test('as JSON it reads back the same', () => {
  const document = { schema: PROFILE_SCHEMA, command: 'analyze', profile: sampleProfile, answer: sampleAnswer } as const;
  expect(JSON.parse(renderJsonDocument(document))).toEqual(document);
});
