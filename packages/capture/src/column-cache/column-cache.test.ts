import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CacheKey, Section } from '@heaptrail/core';
import type { HeapFile } from '../heap-file/heap-file.ts';
import { openHeapFile } from '../heap-file/open-heap-file.ts';
import { fileKey } from './file-key.ts';
import { openColumnCache } from './open-column-cache.ts';
import { saveColumnCache, type CacheSaved } from './save-column-cache.ts';

const SECTIONS: readonly Section[] = [{ name: 'target', column: Uint32Array.from({ length: 1000 }, (_, i) => i * 7) }];

describe('the column cache of a file', () => {
  let folder: string;
  let caches: string;
  let path: string;
  const opened: HeapFile[] = [];
  const open = async (name: string): Promise<HeapFile> => {
    const file = await openHeapFile(name);
    opened.push(file);
    return file;
  };
  const keyOf = async (): Promise<CacheKey> => ({ ...fileKey(await open(path)), shallowSizes: 'owner' });
  const save = async (): Promise<CacheSaved> =>
    saveColumnCache(await open(path), await keyOf(), SECTIONS, { folder: caches, minFileBytes: 0 });
  /** The column that comes back, or undefined; closes what it opened. */
  const reopen = async (key?: CacheKey): Promise<Uint32Array | undefined> => {
    const cache = openColumnCache(path, key ?? (await keyOf()), caches);
    const column = cache?.sections.column('target', 'u32');
    cache?.close();
    return column;
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ht-'));
    caches = join(folder, 'caches');
    path = join(folder, 'a.heapsnapshot');
    writeFileSync(path, Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * i) >> 5)));
  });
  afterEach(() => {
    for (const file of opened.splice(0)) file.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('lies beside the file, for its owner alone, and gives the columns back', async () => {
    expect(await save()).toMatchObject({ saved: true, path: `${path}.heaptrail-cache` });
    expect(statSync(`${path}.heaptrail-cache`).mode & 0o777).toBe(0o600);
    expect(await reopen()).toEqual(SECTIONS[0].column);
    expect(existsSync(caches)).toBe(false);
  });

  it('is used for the same options only', async () => {
    await save();
    expect(await reopen({ ...(await keyOf()), shallowSizes: 'raw' })).toBeUndefined();
  });

  it('is missed, not asked for, when somebody deleted it', async () => {
    await save();
    rmSync(`${path}.heaptrail-cache`);
    expect(await reopen()).toBeUndefined();
  });

  it.each([
    { what: 'grew', change: (file: string) => appendFileSync(file, 'x') },
    { what: 'was touched', change: (file: string) => utimesSync(file, 5, 5) },
    {
      what: 'has other bytes, and the old time',
      change: (file: string) => {
        const { atime, mtime } = statSync(file);
        const bytes = readFileSync(file);
        bytes[7] ^= 1;
        writeFileSync(file, bytes);
        utimesSync(file, atime, mtime);
      },
    },
  ])('is not used once the file $what, and is written anew', async ({ change }) => {
    await save();
    change(path);
    expect(await reopen()).toBeUndefined();
    await save();
    expect(await reopen()).toEqual(SECTIONS[0].column);
  });

  it('of another file is not used', async () => {
    await save();
    const other = join(folder, 'b.heapsnapshot');
    writeFileSync(other, Buffer.alloc(300_000, 'b'));
    writeFileSync(`${other}.heaptrail-cache`, readFileSync(`${path}.heaptrail-cache`));
    path = other;
    expect(await reopen()).toBeUndefined();
  });

  it('is not used when it came along with its file from elsewhere', async () => {
    await save();
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    spawnSync('cp', ['--preserve=all', path, `${path}.heaptrail-cache`, elsewhere]);
    path = join(elsewhere, 'a.heapsnapshot');
    expect(await reopen()).toBeUndefined();
  });

  it('is not used when it is cut off, or no cache at all', async () => {
    await save();
    const cache = `${path}.heaptrail-cache`;
    truncateSync(cache, 3000);
    expect(await reopen()).toBeUndefined();
    rmSync(cache);
    mkdirSync(cache);
    expect(await reopen()).toBeUndefined();
    rmSync(cache, { recursive: true });
    spawnSync('mkfifo', [cache]);
    expect(await reopen()).toBeUndefined();
    rmSync(cache);
    symlinkSync('/dev/zero', cache);
    expect(await reopen()).toBeUndefined();
  });

  it('goes into the folder for caches when the name beside the file is taken', async () => {
    mkdirSync(`${path}.heaptrail-cache`);
    const saved = await save();
    expect(saved.saved && saved.path.replace(/[0-9a-f]{16}/, 'HASH')).toBe(join(caches, 'HASH-a.heapsnapshot.heaptrail-cache'));
    expect(await reopen()).toEqual(SECTIONS[0].column);
  });

  it('takes caches away that nobody read for a month', async () => {
    mkdirSync(`${path}.heaptrail-cache`);
    mkdirSync(caches);
    for (const name of ['old.heaptrail-cache', 'not-ours', 'new.heaptrail-cache']) writeFileSync(join(caches, name), '');
    for (const name of ['old.heaptrail-cache', 'not-ours']) utimesSync(join(caches, name), 5, 5);
    await save();
    const left = readdirSync(caches).map((name) => name.replace(/[0-9a-f]{16}/, 'HASH'));
    expect(left.sort()).toEqual(['HASH-a.heapsnapshot.heaptrail-cache', 'new.heaptrail-cache', 'not-ours']);
  });

  it('is not made for small files, packed files, or where there is no place', async () => {
    expect(saveColumnCache(await open(path), await keyOf(), SECTIONS)).toEqual({
      saved: false,
      reason: 'files below 67.1 MB are read as fast',
    });
    const packed = join(folder, 'a.gz');
    writeFileSync(packed, gzipSync(readFileSync(path)));
    expect(saveColumnCache(await open(packed), await keyOf(), SECTIONS, { minFileBytes: 0 })).toEqual({
      saved: false,
      reason: 'the file is packed with gzip',
    });
    mkdirSync(`${path}.heaptrail-cache`);
    writeFileSync(caches, 'a file where a folder should be');
    const saved = await save();
    expect(saved.saved ? '' : saved.reason.replaceAll(folder, '').replace(/[0-9a-f]{16}/, 'HASH')).toMatchInlineSnapshot(
      `"/a.heapsnapshot.heaptrail-cache: it is a folder; /caches/HASH-a.heapsnapshot.heaptrail-cache: something else of this name is there"`,
    );
  });

  it.runIf(process.getuid?.() === 0)(
    'goes into the folder for caches when the file is in a folder of others, and no cache of others is used',
    () => {
      chmodSync(folder, 0o755);
      const script = `
      import { openHeapFile } from ${JSON.stringify(join(import.meta.dirname, '../heap-file/open-heap-file.ts'))};
      import { fileKey } from ${JSON.stringify(join(import.meta.dirname, 'file-key.ts'))};
      import { openColumnCache } from ${JSON.stringify(join(import.meta.dirname, 'open-column-cache.ts'))};
      import { saveColumnCache } from ${JSON.stringify(join(import.meta.dirname, 'save-column-cache.ts'))};
      const file = await openHeapFile(${JSON.stringify(path)});
      const caches = process.env.CACHES;
      const sections = [{ name: 'target', column: Uint32Array.of(1, 2) }];
      console.log(openColumnCache(file.path, fileKey(file), caches)?.path);
      const saved = saveColumnCache(file, fileKey(file), sections, { folder: caches, minFileBytes: 0 });
      console.log(saved.path ?? saved.reason);
      console.log(openColumnCache(file.path, fileKey(file), caches)?.path);`;
      const run = (user: number): string => {
        const child = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', `process.setuid(${user}); ${script}`], {
          encoding: 'utf8',
          cwd: import.meta.dirname,
          env: { ...process.env, CACHES: join(tmpdir(), `ht-caches-${user}-${process.pid}`) },
        });
        return `${child.stderr}${child.stdout}`
          .replaceAll(folder, 'FOLDER')
          .replaceAll(tmpdir(), 'TMP')
          .replace(/[0-9a-f]{16}/g, 'HASH')
          .replaceAll(`-${process.pid}`, '');
      };
      try {
        expect(run(0)).toMatchInlineSnapshot(`
          "undefined
          FOLDER/a.heapsnapshot.heaptrail-cache
          FOLDER/a.heapsnapshot.heaptrail-cache
          "
        `);
        expect(run(65534)).toMatchInlineSnapshot(`
          "undefined
          TMP/ht-caches-65534/HASH-a.heapsnapshot.heaptrail-cache
          TMP/ht-caches-65534/HASH-a.heapsnapshot.heaptrail-cache
          "
        `);
      } finally {
        rmSync(join(tmpdir(), `ht-caches-65534-${process.pid}`), { recursive: true, force: true });
      }
    },
  );
});
