import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { DiskSourceFiles } from './disk-source-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'heaptrail-sources-'));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const textOf = (file: ReturnType<DiskSourceFiles['read']>) => ('missing' in file ? file.missing : Buffer.from(file.bytes).toString());

describe('sources on the disk', () => {
  test('are read by path, by address, and through links', () => {
    const path = write('my app.js', 'f();');
    symlinkSync(path, join(folder, 'link.js'));
    const files = new DiskSourceFiles();
    expect([path, pathToFileURL(path).href, join(folder, 'link.js')].map((location) => textOf(files.read(location)))).toEqual([
      'f();',
      'f();',
      'f();',
    ]);
    expect(textOf(files.read(write('empty.js', '')))).toBe('');
  });

  test('that cannot be had are told, never thrown and never waited for', () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    mkdirSync(join(folder, 'folder'));
    symlinkSync('loop', join(folder, 'loop'));
    const files = new DiskSourceFiles();
    const reasons = [
      join(folder, 'gone.js'),
      join(folder, 'folder'),
      pipe,
      '/dev/zero',
      join(folder, 'loop'),
      'relative.js',
      'file://share/a.js',
      'file:///a%2Fb.js',
      'https://cdn.example/a.js',
      'a\0b',
      `/${'x'.repeat(5000)}`,
    ].map((location) => [JSON.stringify(location.replace(folder, '').slice(0, 20)), textOf(files.read(location))]);
    expect(reasons).toMatchInlineSnapshot(`
      [
        [
          ""/gone.js"",
          "no such file or folder",
        ],
        [
          ""/folder"",
          "not a plain file",
        ],
        [
          ""/pipe"",
          "not a plain file",
        ],
        [
          ""/dev/zero"",
          "not a plain file",
        ],
        [
          ""/loop"",
          "too many symbolic links",
        ],
        [
          ""relative.js"",
          "of another machine",
        ],
        [
          ""file://share/a.js"",
          "of another machine",
        ],
        [
          ""file:///a%2Fb.js"",
          "of another machine",
        ],
        [
          ""https://cdn.example/"",
          "on a server, and nothing is fetched",
        ],
        [
          ""a\\u0000b"",
          "not a name of a file",
        ],
        [
          ""/xxxxxxxxxxxxxxxxxxx"",
          "the name is too long",
        ],
      ]
    `);
  });

  test('that may not be read are told; root may read all', () => {
    const path = write('secret.js', 'f();');
    chmodSync(path, 0);
    expect(textOf(new DiskSourceFiles().read(path))).toBe(process.getuid?.() === 0 ? 'f();' : 'permission denied');
  });

  test('are read within limits, of one file and of all', () => {
    const path = write('long.js', 'x'.repeat(100));
    const files = new DiskSourceFiles({ fileBytes: 100, allBytes: 250 });
    expect(textOf(files.read(write('longer.js', 'x'.repeat(101))))).toBe('larger than 100 bytes');
    expect([path, path].map((location) => textOf(files.read(location)).length)).toEqual([100, 100]);
    expect(textOf(files.read(path))).toBe('after 250 bytes of others no more are read');
  });
});
