import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { profileAnswer, profileFormats, profileSummary, SourceMaps, withOriginalFrames, type LoadedProfile } from '@heaptrail/core';
import { buildSync, type BuildOptions } from 'esbuild';
import { afterAll, describe, expect, test } from 'vitest';
import { openHeapFile } from '../heap-file/open-heap-file.ts';
import { recogniseFormat } from '../heap-file/recognise-format.ts';
import { DiskSourceFiles } from './disk-source-files.ts';

const SOURCE = fileURLToPath(new URL('testing/leak.ts', import.meta.url));
const PLANTED_LINE =
  readFileSync(SOURCE, 'utf8')
    .split('\n')
    .findIndex((line) => line.startsWith('function makePlantedRow')) + 1;
const folder = mkdtempSync(join(tmpdir(), 'heaptrail-lines-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Compiles the program into a folder of its own, and says where its script lies. */
function compile(name: string, options: BuildOptions): string {
  const out = join(folder, name);
  mkdirSync(out);
  const outfile = join(out, options.format === 'esm' ? 'leak.mjs' : 'leak.cjs');
  buildSync({ entryPoints: [SOURCE], bundle: true, platform: 'node', format: 'cjs', outfile, logLevel: 'silent', ...options });
  return outfile;
}

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
    const loaded = await profileOf(compile(name, options));
    const maps = new SourceMaps(new DiskSourceFiles());
    const mapped = { ...loaded, profile: withOriginalFrames(loaded.profile, maps) };
    const { lines } = profileAnswer(mapped.profile, 3);
    expect(lines.rows[0].at).toMatchObject({ function: 'makePlantedRow', file: SOURCE, line: PLANTED_LINE, library: false });
    expect(lines.rows[0].share).toBeGreaterThan(0.5);
    expect(profileSummary(mapped, { path: 'x', sizeBytes: 1 }).gaps.filter((gap) => gap.includes('lines are'))).toEqual([]);
  });

  test('without its map: the line that ran, and a sentence that says so', async () => {
    const script = compile('no map', { sourcemap: 'linked', minify: true });
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
