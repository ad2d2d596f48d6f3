import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Heap, heapFormats, pathAnswer, histogramAnswer, type LoadOptions } from '@heaptrail/core';
import { openHeapFile } from '../heap-file/open-heap-file.ts';
import { recogniseFormat } from '../heap-file/recognise-format.ts';
import { inflate } from '../session/inflate.ts';
import { HeapCache } from './heap-cache.ts';

const PROGRAM = `
  class Session { constructor(i) { this.id = i; this.cache = new Map([['key' + i, { i }]]); } }
  globalThis.sessions = Array.from({ length: 500 }, (_, i) => new Session(i));
  globalThis.weak = new WeakMap(globalThis.sessions.map((session) => [session, { of: session }]));
  require('node:v8').writeHeapSnapshot(process.argv[1]);`;
const OPTIONS: LoadOptions = { inflate, shallowSizes: 'owner', keepNames: false, progress: () => undefined };

describe('a snapshot of Node through its column cache', () => {
  let folder: string;
  let path: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ht-'));
    path = join(folder, 'node.heapsnapshot');
    execFileSync(process.execPath, ['-e', PROGRAM, path]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Answers of one run, where they came from, and whether something was kept. */
  async function ask(): Promise<{ from: string | undefined; kept: boolean | undefined; answers: unknown }> {
    const file = await openHeapFile(path);
    const cache = new HeapCache(file, recogniseFormat(file, heapFormats), { toolVersion: 'test', minFileBytes: 0 });
    try {
      const heap = new Heap(cache.load(OPTIONS), file, () => undefined);
      const answers = [heap.summary(), histogramAnswer(heap, 20, 'retained'), pathAnswer(heap, 'Session', { groups: 3, otherPaths: 3 })];
      return { from: cache.path, answers, kept: cache.save(heap.tree)?.saved };
    } finally {
      cache.close();
      file.close();
    }
  }

  it('answers the same as from the file, and is kept once', async () => {
    const first = await ask();
    const second = await ask();
    expect([first.from, first.kept]).toEqual([undefined, true]);
    expect([second.from, second.kept]).toEqual([`${path}.heaptrail-cache`, undefined]);
    expect(second.answers).toEqual(first.answers);
    expect(JSON.stringify(second.answers)).toContain('Session');
  });

  it('is built again, and as good, after damage anywhere in it', async () => {
    const { answers } = await ask();
    const whole = readFileSync(`${path}.heaptrail-cache`);
    for (const part of [1, 4, 7]) {
      const damaged = Buffer.from(whole);
      damaged[Math.floor((whole.length * part) / 8)] ^= 4;
      writeFileSync(`${path}.heaptrail-cache`, damaged);
      expect((await ask()).answers).toEqual(answers);
    }
  });

  it('is left alone when there is no place for it', async () => {
    const { answers } = await ask();
    rmSync(`${path}.heaptrail-cache`, { recursive: true });
    mkdirSync(`${path}.heaptrail-cache`);
    const before = process.env.XDG_CACHE_HOME;
    process.env.XDG_CACHE_HOME = path;
    try {
      expect(await ask()).toEqual({ from: undefined, kept: false, answers });
    } finally {
      if (before === undefined) delete process.env.XDG_CACHE_HOME;
      else process.env.XDG_CACHE_HOME = before;
    }
  });
});
