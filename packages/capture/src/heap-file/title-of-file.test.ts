import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { titleOfFile } from './title-of-file.ts';

const FORMATS = [{ title: 'V8 heap snapshot', recognises: (head: Uint8Array) => head[0] === 0x7b }];

describe('titleOfFile', () => {
  let folder: string;
  const file = (name: string): string => join(folder, name);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ht-'));
    writeFileSync(file('a.heapsnapshot'), '{"snapshot":');
    writeFileSync(file('a.gz'), gzipSync('{"snapshot":'));
    writeFileSync(file('notes'), 'notes');
    writeFileSync(file('empty'), '');
    mkdirSync(file('folder'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('knows a heap file, packed or not', () => {
    expect(titleOfFile(file('a.heapsnapshot'), FORMATS)).toBe('V8 heap snapshot');
    expect(titleOfFile(file('a.gz'), FORMATS)).toBe('file packed with gzip');
  });

  it('says nothing of anything else', () => {
    for (const name of ['notes', 'empty', 'folder', 'no-such-file']) expect(titleOfFile(file(name), FORMATS)).toBeUndefined();
    expect(titleOfFile('/dev/null', FORMATS)).toBeUndefined();
  });
});
