import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { profileAnswer, profileFormats, profileSummary, SourceMaps, withOriginalFrames, type LoadedProfile } from '@heaptrail/core';
import { afterAll, describe, expect, test } from 'vitest';
import { openHeapFile } from '../heap-file/open-heap-file.ts';
import { recogniseFormat } from '../heap-file/recognise-format.ts';
import { DiskSourceFiles } from './disk-source-files.ts';
import { compile, PLANTED_LINE, SOURCE } from './testing/compiled-leak.ts';

const folder = mkdtempSync(join(tmpdir(), 'heaptrail-lines-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function profileOf(script: string): Promise<LoadedProfile> {
  const name = 'leak.heapprofile';
  const args = ['--heap-prof', '--heap-prof-interval=8192', `--heap-prof-dir=${folder}`, `--heap-prof-name=${name}`, script];
  execFileSync(process.execPath, args, { stdio: 'pipe' });
  const file = await openHeapFile(join(folder, name));
  try {
    return recogniseFormat(file, profileFormats).load(file.source, { progress: () => undefined });
  } finally {
    file.close();
  }
}

describe('a program that was compiled from TypeScript, sampled by node --heap-prof', () => {
  test.each([
    ['bundled, with a map beside it', { sourcemap: 'linked' }],
    ['as a module, with the map inside', { sourcemap: 'inline', format: 'esm' }],
    ['minified to one line, names and all', { sourcemap: 'linked', minify: true }],
  ] as const)('%s: its megabytes belong to the line of TypeScript', async (name, options) => {
    const loaded = await profileOf(compile(folder, name, options));
    const maps = new SourceMaps(new DiskSourceFiles());
    const mapped = { ...loaded, profile: withOriginalFrames(loaded.profile, maps) };
    const { lines } = profileAnswer(mapped.profile, 3);
    expect(lines.rows[0].at).toMatchObject({ function: 'makePlantedRow', file: SOURCE, line: PLANTED_LINE, library: false });
    expect(lines.rows[0].share).toBeGreaterThan(0.5);
    expect(profileSummary(mapped, { path: 'x', sizeBytes: 1 }).gaps.filter((gap) => gap.includes('lines are'))).toEqual([]);
  });

  test('without its map: the line that ran, and a sentence that says so', async () => {
    const script = compile(folder, 'no map', { sourcemap: 'linked', minify: true });
    rmSync(`${script}.map`);
    const { profile } = await profileOf(script);
    const mapped = withOriginalFrames(profile, new SourceMaps(new DiskSourceFiles()));
    const [row] = profileAnswer(mapped, 1).lines.rows;
    expect([row.at.file, row.at.line]).toEqual([script, 1]);
    expect(mapped.gaps).toContain(
      `${script}: the source map cannot be read (no such file or folder), so lines are those of the code that ran`,
    );
  });
});
