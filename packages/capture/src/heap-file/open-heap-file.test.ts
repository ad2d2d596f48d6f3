import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProgressStep } from '@heaptrail/core';
import { CaptureError } from '../errors/capture-error.ts';
import { whileUnchanged, type HeapFile } from './heap-file.ts';
import { openHeapFile } from './open-heap-file.ts';

/** Text that compresses, but by no means to nothing. */
function rows(count: number): Buffer {
  let text = '{"snapshot":{},"nodes":[';
  for (let i = 0, x = 1; i < count; i++) {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    text += `${x % 14},${x >>> 20},${i * 2},${x % 100},${x % 7},0\n,`;
  }
  return Buffer.from(text);
}

function contents(file: HeapFile): Buffer {
  const bytes = Buffer.alloc(file.sizeBytes);
  expect(file.source.read(bytes, 0)).toBe(file.sizeBytes);
  return bytes;
}

function openDescriptors(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return [];
    }
  });
}

describe('openHeapFile', () => {
  let folder: string;
  const opened: HeapFile[] = [];
  const at = (name: string, bytes?: Uint8Array | string): string => {
    const path = join(folder, name);
    if (bytes !== undefined) writeFileSync(path, bytes);
    return path;
  };
  const open = async (path: string): Promise<HeapFile> => {
    const file = await openHeapFile(path);
    opened.push(file);
    return file;
  };
  /** The error as people see it, with the folder's name taken out. */
  const complaint = async (path: string): Promise<string> => {
    const error: unknown = await openHeapFile(path).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof CaptureError)) throw new Error(`expected a CaptureError, found ${String(error)}`);
    expect(error.exitCode).toBe(1);
    return `${error.code}: ${error.message.replaceAll(folder, '')}`;
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ht-'));
  });
  afterEach(() => {
    for (const file of opened.splice(0)) file.close();
    expect(openDescriptors().filter((target) => target.startsWith(folder) || target.includes('heaptrail-unpacked'))).toEqual([]);
    rmSync(folder, { recursive: true, force: true });
  });

  it('reads a plain file at any place, and no further than its end', async () => {
    const file = await open(at('a.heapsnapshot', rows(5000)));
    const piece = new Uint8Array(100);
    expect(file.source.read(piece, 50)).toBe(100);
    expect(Buffer.from(piece)).toEqual(rows(5000).subarray(50, 150));
    expect(file.source.read(piece, file.sizeBytes - 7)).toBe(7);
    expect(file.source.read(piece, file.sizeBytes + 7)).toBe(0);
    expect(file.head).toEqual(new Uint8Array(rows(5000).subarray(0, 4096)));
    expect(file.packed).toBeUndefined();
  });

  it('reads above 4 GB', async () => {
    const path = at('sparse', 'begin');
    truncateSync(path, 5e9);
    appendFileSync(path, 'end');
    const file = await open(path);
    const piece = new Uint8Array(8);
    expect(file.sizeBytes).toBe(5_000_000_003);
    expect(file.source.read(piece, 4_999_999_999)).toBe(4);
    expect(Buffer.from(piece).toString('latin1', 0, 4)).toBe('\0end');
  });

  it.each([
    { codec: 'gzip', name: 'a.heapsnapshot.gz', pack: gzipSync },
    { codec: 'gzip', name: 'gzip-by-its-bytes', pack: gzipSync },
    {
      codec: 'brotli',
      name: 'a.heapsnapshot.br',
      pack: (bytes: Buffer) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
    },
  ])('reads $codec as it is ($name), and leaves no copy behind', async ({ codec, name, pack }) => {
    const plain = rows(60_000);
    const stored = pack(plain);
    const file = await open(at(name, stored));
    expect(file.packed).toEqual({ codec, sizeBytes: stored.length });
    expect(contents(file).equals(plain)).toBe(true);
    expect(readdirSync(tmpdir()).filter((entry) => entry.startsWith('heaptrail-unpacked'))).toEqual([]);
  });

  it('reads gzip files that were put one after another', async () => {
    const path = at('two.gz', Buffer.concat([gzipSync('one,'), gzipSync('two')]));
    expect(contents(await open(path)).toString()).toBe('one,two');
  });

  it('tells how far unpacking is', async () => {
    const path = at('a.gz', gzipSync(rows(100_000)));
    const steps: ProgressStep[] = [];
    opened.push(await openHeapFile(path, { progress: (step) => steps.push(step) }));
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.every(({ step, done, total }) => step === 'unpacking' && done > 0 && done <= total)).toBe(true);
  });

  it('stops unpacking when it is told to', async () => {
    const path = at('a.gz', gzipSync(rows(100_000)));
    const stop = new AbortController();
    const opening = openHeapFile(path, { signal: stop.signal });
    stop.abort();
    await expect(opening).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('says what is wrong with a name', async () => {
    mkdirSync(at('folder'));
    execFileSync('mkfifo', [at('pipe')]);
    expect(await complaint(at('none'))).toMatchInlineSnapshot(
      `"HEAPTRAIL_FILE_MISSING: there is no file /none. Name a heap file that exists; a relative name counts from the folder the command runs in."`,
    );
    expect(await complaint(at('none/below'))).toMatchInlineSnapshot(
      `"HEAPTRAIL_FILE_MISSING: there is no file /none/below. Name a heap file that exists; a relative name counts from the folder the command runs in."`,
    );
    expect(await complaint(at('folder'))).toMatchInlineSnapshot(
      `"HEAPTRAIL_FILE_IS_FOLDER: /folder is a folder, and a heap file is needed. Name one file in it (a .heapsnapshot, or a dump of a session folder)."`,
    );
    expect(await complaint(at('pipe'))).toMatchInlineSnapshot(
      `"HEAPTRAIL_FILE_NOT_PLAIN: /pipe is a pipe, and a heap file is needed. A heap file is read at many places, a pipe only once: write it to a file first, compressed if you like."`,
    );
    expect(await complaint('/dev/null')).toMatchInlineSnapshot(
      `"HEAPTRAIL_FILE_NOT_PLAIN: /dev/null is a device, and a heap file is needed. Name a plain file."`,
    );
    expect(await complaint(at('empty', ''))).toMatchInlineSnapshot(
      `"HEAPTRAIL_FILE_EMPTY: /empty is empty (0 bytes). Its writer failed or has not begun: look for a message of the program that wrote it, and for a full disk."`,
    );
    expect(await complaint(at('empty.gz', gzipSync('')))).toMatchInlineSnapshot(
      `"HEAPTRAIL_FILE_EMPTY: /empty.gz is a gzip file with nothing inside. Its writer failed or has not begun: look for a message of the program that wrote it, and for a full disk."`,
    );
  });

  it('says what is wrong with a compressed file', async () => {
    const packed = gzipSync(rows(1000));
    const flipped = Buffer.from(packed);
    flipped[4000] ^= 16;
    const brotli = brotliCompressSync(rows(1000));
    expect(await complaint(at('short.gz', packed.subarray(0, 5000)))).toMatchInlineSnapshot(
      `"HEAPTRAIL_FILE_CUT_OFF: /short.gz is cut off: the gzip stream does not end within its 5000 bytes. Copy it again, or wait until its writer is done."`,
    );
    expect(await complaint(at('mark.gz', packed.subarray(0, 2)))).toMatchInlineSnapshot(
      `"HEAPTRAIL_FILE_CUT_OFF: /mark.gz is cut off: the gzip stream does not end within its 2 bytes. Copy it again, or wait until its writer is done."`,
    );
    expect(await complaint(at('flipped.gz', flipped))).toMatch(/^HEAPTRAIL_FILE_CORRUPT: \/flipped.gz is no whole gzip file \(/);
    expect(await complaint(at('short.br', brotli.subarray(0, 5000)))).toMatchInlineSnapshot(
      `"HEAPTRAIL_FILE_CUT_OFF: /short.br is cut off: the brotli stream does not end within its 5000 bytes. Copy it again, or wait until its writer is done."`,
    );
    expect(await complaint(at('plain.br', rows(10)))).toMatchInlineSnapshot(
      `"HEAPTRAIL_FILE_CORRUPT: /plain.br is no whole brotli file (Decompression failed). Copy it again from where it came; if it is not compressed at all, take the ending off its name."`,
    );
  });

  it('gives up a gzip bomb and a brotli bomb', async () => {
    const zeros = Buffer.alloc(70 * 2 ** 20);
    expect(await complaint(at('bomb.gz', gzipSync(zeros, { level: 1 })))).toMatchInlineSnapshot(
      `"HEAPTRAIL_FILE_BOMB: /bomb.gz was given up: its 0.3 MB of gzip unpack to more than 67.1 MB, and no heap compresses so well. If you trust it, unpack it yourself and name the unpacked file."`,
    );
    const brotli = brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
    expect(await complaint(at('bomb.br', brotli))).toMatch(/^HEAPTRAIL_FILE_BOMB: /);
  });

  it('says so when the temporary folder takes no file', async () => {
    const before = process.env.TMPDIR;
    process.env.TMPDIR = join(folder, 'no-such-folder');
    try {
      expect(await complaint(at('a.gz', gzipSync('heap')))).toMatchInlineSnapshot(
        `"HEAPTRAIL_FILE_NO_ROOM: cannot unpack /a.gz into /no-such-folder: no such file or folder. Nothing was left there. Name a folder with more room in the variable TMPDIR, or unpack the file yourself and name the unpacked one."`,
      );
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
  });

  it.runIf(process.getuid?.() === 0)('says so when the file is not for this user', () => {
    const path = at('secret.heapsnapshot', 'heap');
    const script = `import { openHeapFile } from ${JSON.stringify(join(import.meta.dirname, 'open-heap-file.ts'))};
      await openHeapFile(${JSON.stringify(path)}).catch((error) => console.log(error.code, error.message));`;
    const child = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', `process.setuid(65534); ${script}`], {
      encoding: 'utf8',
      cwd: import.meta.dirname,
    });
    expect(`${child.stderr}${child.stdout}`.replaceAll(folder, '')).toMatchInlineSnapshot(`
      "HEAPTRAIL_FILE_UNREADABLE cannot read /secret.heapsnapshot (permission denied). Make it readable for this user, or copy it to a place that is.
      "
    `);
  });

  describe('of a file that is written to meanwhile', () => {
    const messageOf = (work: () => unknown): string => {
      try {
        work();
      } catch (error) {
        return (error as Error).message.replaceAll(folder, '');
      }
      return 'no error';
    };

    it('names the change before what it led to', async () => {
      const path = at('growing.heapsnapshot', rows(100));
      const file = await open(path);
      expect(whileUnchanged(file, () => 'read')).toBe('read');
      appendFileSync(path, 'more');
      const cutOff = (): never => {
        throw new Error('the file is cut off');
      };
      expect(messageOf(() => whileUnchanged(file, cutOff))).toMatchInlineSnapshot(
        `"/growing.heapsnapshot changed while it was read (it grew from 1861 to 1865 bytes), so nothing can be said about it. Wait until its writer is done, and run this again."`,
      );
      expect(messageOf(() => whileUnchanged(file, () => 'read'))).toMatch(/grew from 1861 to 1865 bytes/);
    });

    it('sees bytes that were replaced', async () => {
      const path = at('rewritten.heapsnapshot', rows(100));
      const file = await open(path);
      utimesSync(path, 5, new Date('2026-11-21T10:00:00Z'));
      expect(messageOf(() => file.assertUnchanged())).toMatchInlineSnapshot(
        `"/rewritten.heapsnapshot changed while it was read (it was written to at 2026-11-21T10:00:00.000Z), so nothing can be said about it. Wait until its writer is done, and run this again."`,
      );
    });
  });
});
