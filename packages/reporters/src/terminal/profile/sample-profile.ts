import type { ProfileAnswer, ProfileFrame, ProfileSummary } from '@heaptrail/core';

/** A small profile for the tests of renderers. */
export const sampleProfile: ProfileSummary = {
  file: 'shop.heapprofile',
  fileBytes: 48_211,
  format: 'heapprofile',
  runtime: { name: 'v8', version: null },
  basis: 'sampled',
  scope: 'unknown',
  lines: 'function',
  totalBytes: 50_000_000,
  counts: 400,
  functions: 310,
  stacks: 41,
  whole: true,
  gaps: [],
};

export function sampleFrame(name: string, file: string, line: number, library = false): ProfileFrame {
  return { function: name, file, line, column: 5, library };
}

const remember = sampleFrame('remember', '/srv/shop/src/basket/session-rows.ts', 41);
const handle = sampleFrame('handle', '/srv/shop/src/server.ts', 12);
const parse = sampleFrame('parse', '/srv/shop/node_modules/qs/lib/parse.js', 200, true);
const push = sampleFrame('push', '', 0, true);
const emit = sampleFrame('emit', 'node:events', 513, true);

export const sampleAnswer: ProfileAnswer = {
  lines: {
    rows: [
      { at: remember, bytes: 40_000_000, share: 0.8, counts: 320, error: 0.1096 },
      { at: handle, bytes: 9_000_000, share: 0.18, counts: 72, error: 0.231 },
    ],
    rest: { rows: 3, bytes: 400_000 },
    elsewhereBytes: 600_000,
  },
  functions: {
    rows: [
      { at: push, bytes: 30_000_000, share: 0.6, counts: 240, error: 0.1265, withCalleesBytes: 30_000_000, withCalleesShare: 0.6 },
      { at: remember, bytes: 10_000_000, share: 0.2, counts: 80, error: 0.219, withCalleesBytes: 40_000_000, withCalleesShare: 0.8 },
      { at: parse, bytes: 8_000_000, share: 0.16, counts: 64, error: 0.245, withCalleesBytes: 8_000_000, withCalleesShare: 0.16 },
    ],
    rest: { rows: 12, bytes: 2_000_000 },
  },
  stacks: {
    rows: [
      { frames: [push, remember, handle, emit], moreFrames: 0, bytes: 30_000_000, share: 0.6, counts: 240, error: 0.1265 },
      { frames: [parse, emit], moreFrames: 7, bytes: 8_000_000, share: 0.16, counts: 1, error: 1 },
    ],
    rest: { rows: 39, bytes: 12_000_000 },
  },
};
