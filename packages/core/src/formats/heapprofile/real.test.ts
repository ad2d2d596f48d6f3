import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { frameAt, programLines, totalBytes, totalCounts } from '../../graph/profile/index.ts';
import { noProgress } from '../../graph/progress.ts';
import { bytesInMemory } from '../byte-source.ts';
import { heapProfile } from './index.ts';

const PLANT = fileURLToPath(new URL('testing/plant.mjs', import.meta.url));
const HELD_BYTES = 2000 * 8016;
const folder = mkdtempSync(join(tmpdir(), 'heaptrail-heapprofile-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  [
    'node --heap-prof',
    ['--heap-prof', '--heap-prof-interval=65536', `--heap-prof-dir=${folder}`, '--heap-prof-name=flag.heapprofile', PLANT],
    'flag',
  ],
  ['HeapProfiler.stopSampling', [PLANT, 'inspector', join(folder, 'inspector.heapprofile')], 'inspector'],
])('%s, now, of this Node: the planted megabytes belong to the lines that made them', (_how, args, name) => {
  execFileSync(process.execPath, args, { stdio: 'pipe' });
  const bytes = readFileSync(join(folder, `${name}.heapprofile`));
  expect(heapProfile.recognises(bytes.subarray(0, 4096))).toBe(true);
  const { profile } = heapProfile.load(bytesInMemory(bytes), { progress: noProgress });
  const { frame, bytes: lineBytes } = programLines(profile);
  const planted = [...frame].reduce((sum, at, row) => {
    const { file, function: name } = frameAt(profile, at);
    return file.endsWith('/plant.mjs') && (name === 'plant' || name === 'makeRow') ? sum + lineBytes[row] : sum;
  }, 0);
  // 244 samples on average: an estimate that is off by a third would be five standard deviations away.
  expect(planted / HELD_BYTES).toBeGreaterThan(0.67);
  expect(planted / HELD_BYTES).toBeLessThan(1.33);
  expect(planted / totalBytes(profile)).toBeGreaterThan(0.8);
  expect(totalCounts(profile)).toBeGreaterThan(150);
});
