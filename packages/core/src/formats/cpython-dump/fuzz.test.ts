import { readFileSync } from 'node:fs';
import { deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HeapDumpError, loadDump, type LoadedDump } from './index.ts';
import { block, dumpFile as file, inflate, joined, json, u32, u64 } from './testing/dump-file.ts';

const golden = new Uint8Array(readFileSync(new URL('../../../../../protocol/golden/golden-3.11.heap', import.meta.url)));
const SEED = 20261121;
const SLOWEST_MS = 8000;
const MOST_BYTES = 400 * 2 ** 20;

/** Loads, or throws the one error that is allowed; quickly, and without eating the memory. */
function load(file: Uint8Array): LoadedDump | undefined {
  const began = performance.now();
  const before = process.memoryUsage.rss();
  try {
    return loadDump(file, inflate);
  } catch (error) {
    expect(error).toBeInstanceOf(HeapDumpError);
    return undefined;
  } finally {
    expect(performance.now() - began).toBeLessThan(SLOWEST_MS);
    expect(process.memoryUsage.rss() - before).toBeLessThan(MOST_BYTES);
  }
}

interface Place {
  readonly offset: number;
  readonly kind: number;
  readonly payload: Uint8Array;
}

function places(file: Uint8Array): Place[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const found: Place[] = [];
  for (let offset = 8; offset < file.length;) {
    const stored = view.getUint32(offset + 4, true);
    const bytes = file.subarray(offset + 16, offset + 16 + stored);
    found.push({ offset, kind: file[offset], payload: file[offset + 1] === 1 ? new Uint8Array(inflateSync(bytes)) : bytes });
    offset += 16 + stored;
  }
  return found;
}

const all = places(golden);
const head = block(1, all[0].payload);
const type = json(2, [{ index: 0, address: 16, module: 'm', name: 'T' }]);
const end = json(16, { objects: 1, edges: 0, complete: true, skipped: {} });

function expectDegraded(loaded: LoadedDump | undefined): void {
  if (loaded === undefined) return;
  expect(loaded.whole).toBe(false);
  expect(loaded.graph.gaps.length).toBeGreaterThan(0);
}

test('changed bytes: whole only where nothing was changed', () => {
  const change = fc.array(fc.tuple(fc.nat(golden.length - 1), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(change, (changes) => {
      const bytes = golden.slice();
      for (const [at, by] of changes) bytes[at] ^= by;
      const loaded = load(bytes);
      // Reserved bytes of a header, and the kind of one, are under no checksum.
      if (loaded !== undefined && !loaded.whole) expect(loaded.graph.gaps.length).toBeGreaterThan(0);
    }),
    { seed: SEED, numRuns: 200 },
  );
});

test('changed payloads under right checksums', () => {
  const change = fc.tuple(
    fc.nat(all.length - 1),
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), { minLength: 1, maxLength: 4 }),
  );
  fc.assert(
    fc.property(change, ([which, changes]) => {
      const blocks = all.map(({ kind, payload }, index) => {
        if (index !== which) return block(kind, payload);
        const changed = payload.slice();
        for (const [place, value] of changes) changed[Math.min(payload.length - 1, Math.floor(place * payload.length))] = value;
        return block(kind, changed);
      });
      load(file(blocks));
    }),
    { seed: SEED, numRuns: 100 },
  );
});

test('cut at the end of every block, and anywhere', () => {
  const step = Math.max(1, Math.floor(all.length / 60));
  for (let i = 0; i < all.length; i += step) expectDegraded(load(golden.subarray(0, all[i].offset)));
  fc.assert(
    fc.property(fc.nat(golden.length - 1), (length) => {
      expectDegraded(load(golden.subarray(0, length)));
    }),
    { seed: SEED, numRuns: 60 },
  );
});

test('blocks in another order, twice, or missing', () => {
  const blocks = all.map(({ kind, payload }) => block(kind, payload));
  fc.assert(
    fc.property(fc.shuffledSubarray(blocks.slice(1), { minLength: 1 }), (some) => void load(file([blocks[0], ...some]))),
    { seed: SEED, numRuns: 30 },
  );
  load(file([...blocks.slice(0, -1), ...blocks]));
});

test('lengths of 2^32 - 1 in headers and counts', () => {
  const most = 0xffffffff;
  for (const field of [4, 8]) {
    const bytes = file([head, type, block(4, u32(0, 0)), end]);
    new DataView(bytes.buffer).setUint32(8 + head.length + field, most, true);
    expectDegraded(load(bytes));
  }
  for (const payload of [
    u32(0, most),
    u32(0, most, 0),
    u32(most, most, most),
    u32(most),
    u32(0, 1, 0, 32, 0, 0, 0, 0, most),
    u32(1, 0, most),
  ])
    for (const kind of [3, 4, 5, 6, 8, 9, 12, 14]) expectDegraded(load(file([head, type, block(kind, payload), end])));
});

test('a million tiny blocks', () => {
  const tiny = block(200, new Uint8Array(0));
  expect(load(file([head, new Uint8Array(Buffer.concat(new Array<Uint8Array>(1_000_000).fill(tiny))), end]))?.whole).toBe(true);
  const empty = block(4, u32(0, 0));
  load(file([head, type, new Uint8Array(Buffer.concat(new Array<Uint8Array>(300_000).fill(empty))), end]));
});

test('blocks that decode to more than they say, or to 64 MiB of nothing', () => {
  const zeros = deflateSync(new Uint8Array(64 * 2 ** 20));
  expectDegraded(load(file([head, block(4, zeros, 1, 100), end])));
  expectDegraded(load(file([head, type, block(2, zeros, 1, 64 * 2 ** 20), end])));
  const many = new Array<Uint8Array>(20).fill(block(99, zeros, 1, 64 * 2 ** 20));
  load(file([head, ...many, end]));
});

test('a million names for the edges of one object', () => {
  const count = 300_000;
  const targets = u64(Array.from({ length: count }, () => 32));
  const object = joined(u32(0, 1, 0), u64([32]), u32(16), u32(1), u32(count), targets);
  const names = json(7, ['a', 'b']);
  // Backwards, so that no search ends at once, and for targets that are not there.
  const others = joined(u32(0, count), u64(Array.from({ length: count }, (_, i) => 1024 + 16 * i)), new Uint8Array(count * 8));
  const edges = joined(u32(0, 1, 0), u64([48]), u32(16), u32(1), u32(count), u64(Array.from({ length: count }, (_, i) => 1024 + 16 * i)));
  const backwards = joined(
    u32(1, 0, 1),
    u64([48]),
    u32(count),
    new Uint8Array(count * 4),
    u64(Array.from({ length: count }, (_, i) => 1024 + 16 * (count - 1 - i))),
  );
  const same = joined(u32(1, 0, 1), u64([32]), u32(count), new Uint8Array(count * 4), u64(Array.from({ length: count }, () => 48)));
  const owners = u64(Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 48 : 32)));
  const inTurns = joined(
    u32(1, 0, count),
    owners,
    new Uint8Array(new Uint32Array(count).fill(1).buffer),
    new Uint8Array(count * 4),
    u64(new Array<number>(count).fill(2000)),
  );
  load(
    file([
      head,
      type,
      block(4, others),
      block(5, object),
      block(5, edges),
      names,
      block(8, backwards),
      block(8, same),
      block(8, inTurns),
      end,
    ]),
  );
});

test('addresses that fall into one place of a table', () => {
  const count = 100_000;
  for (const step of [1, 2 ** 36, 2 ** 36 + 16 * 0x10000]) {
    const addresses = Array.from({ length: count }, (_, i) => (4096 + i * step) % 2 ** 53);
    load(file([head, type, block(4, joined(u32(0, count), u64(addresses), new Uint8Array(count * 8))), end]));
  }
  load(file([head, type, block(4, joined(u32(0, count), u64(new Array<number>(count).fill(64)), new Uint8Array(count * 8))), end]));
});
