import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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
      return { from: cache.path, answers, kept: cache.save(heap.treeIfKnown)?.saved };
    } finally {
      cache.close();
      file.close();
    }
  }

  /** A question that needs no dominators, as `diff` asks of all heaps but the last: what was kept, and how large the cache is. */
  async function askWithoutTree(): Promise<{ from: string | undefined; kept: boolean | undefined; sizeBytes: number }> {
    const file = await openHeapFile(path);
    const cache = new HeapCache(file, recogniseFormat(file, heapFormats), { toolVersion: 'test', minFileBytes: 0 });
    try {
      const heap = new Heap(cache.load(OPTIONS), file, () => undefined);
      heap.summary();
      const kept = cache.save(heap.treeIfKnown)?.saved;
      return { from: cache.path, kept, sizeBytes: statSync(`${path}.heaptrail-cache`).size };
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

  describe('kept without dominators, because nobody needed them', () => {
    const place = (): string => `${path}.heaptrail-cache`;
    let answers: unknown;
    let withoutTree: Buffer;
    beforeEach(async () => {
      ({ answers } = await ask());
      rmSync(place());
      const first = await askWithoutTree();
      expect([first.from, first.kept]).toEqual([undefined, true]);
      withoutTree = readFileSync(place());
    });

    it('is used as it is by who needs none, and completed by the first who does', async () => {
      expect(await askWithoutTree()).toEqual({ from: place(), kept: undefined, sizeBytes: withoutTree.length });
      expect(await ask()).toEqual({ from: place(), kept: true, answers });
      const whole = readFileSync(place());
      expect(whole.length).toBeGreaterThan(withoutTree.length);
      expect(await ask()).toEqual({ from: place(), kept: undefined, answers });
      expect(readFileSync(place()).equals(whole)).toBe(true);
    });

    it('is never believed between the first and the last byte that are added', async () => {
      await ask();
      const whole = readFileSync(place());
      const added = whole.length - withoutTree.length;
      for (const part of [1, added >> 1, added]) {
        // As a process leaves it that is killed then: the head, written last, is still the old one.
        writeFileSync(place(), whole.subarray(0, withoutTree.length + part));
        const fd = openSync(place(), 'r+');
        writeSync(fd, withoutTree, 0, 44, 0);
        closeSync(fd);
        expect(await ask()).toEqual({ from: undefined, kept: true, answers });
        expect(await ask()).toEqual({ from: place(), kept: undefined, answers });
      }
    });

    it('gets its dominators again when they are damaged', async () => {
      await ask();
      const damaged = readFileSync(place());
      damaged[withoutTree.length + 100] ^= 4;
      writeFileSync(place(), damaged);
      expect(await ask()).toEqual({ from: place(), kept: true, answers });
      expect(await ask()).toEqual({ from: place(), kept: undefined, answers });
    });

    it('is left as it is while another process adds to it, or has written it anew', async () => {
      const file = await openHeapFile(path);
      const cache = new HeapCache(file, recogniseFormat(file, heapFormats), { toolVersion: 'test', minFileBytes: 0 });
      try {
        const heap = new Heap(cache.load(OPTIONS), file, () => undefined);
        appendFileSync(place(), 'the first bytes of another');
        const half = readFileSync(place());
        expect(cache.save(heap.tree)).toEqual({ saved: false, reason: 'another process is adding to it' });
        expect(readFileSync(place()).equals(half)).toBe(true);
        rmSync(place());
        writeFileSync(place(), withoutTree);
        expect(cache.save(heap.tree)).toEqual({ saved: false, reason: 'another process has written it anew' });
        expect(readFileSync(place()).equals(withoutTree)).toBe(true);
      } finally {
        cache.close();
        file.close();
      }
    });
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
