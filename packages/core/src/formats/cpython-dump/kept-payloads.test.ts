import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadDump } from './index.ts';
import { KeptPayloads } from './kept-payloads.ts';
import { inflate } from './testing/dump-file.ts';

test('payloads of the kinds that are wanted are kept until they are taken, and no more of them than there is room', () => {
  const kept = new KeptPayloads(new Set([5, 6]), 10);
  const payload = Uint8Array.of(1, 2, 3, 4, 5, 6);
  expect([kept.keep(5, 100, payload), kept.keep(4, 200, payload), kept.keep(6, 300, payload)]).toEqual([true, false, false]);
  expect(kept.keep(6, 400, payload.subarray(2))).toBe(true);
  expect([kept.take(100), kept.take(100), kept.take(200), kept.take(300), kept.take(400)]).toEqual([
    payload,
    undefined,
    undefined,
    undefined,
    Uint8Array.of(3, 4, 5, 6),
  ]);
});

test('no block of a dump is decoded twice', () => {
  const file = new Uint8Array(readFileSync(new URL('../../../../../protocol/golden/golden-3.13.heap', import.meta.url)));
  const decoded: string[] = [];
  const { whole } = loadDump(file, (stored, rawLength) => {
    decoded.push(`${stored.length} ${stored.join(' ')}`);
    return inflate(stored, rawLength);
  });
  expect(whole).toBe(true);
  expect(decoded.length).toBeGreaterThan(10);
  expect(new Set(decoded).size).toBe(decoded.length);
});
