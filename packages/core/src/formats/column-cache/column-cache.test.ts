import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesInMemory } from '../byte-source.ts';
import { CACHE_VERSION, jsonSection, readSections, sectionBytes, type CacheKey, type Section } from './index.ts';
import { checksumForTests as checksum, statesWhileAdding, writtenSections as written } from './testing/reread-sections.ts';

const KEY: CacheKey = { sizeBytes: 12, mtimeNs: '1', hash: 'abc', options: 'owner' };

const SMALL: readonly Section[] = [
  { name: 'types', column: Uint32Array.of(1, 2, 3) },
  { name: 'sizes', column: Float64Array.of(2 ** 40, 0.5) },
  { name: 'none', column: new Uint8Array() },
  jsonSection('about', { classes: ['Map', 'árvíz'] }),
];

const numbers = fc.oneof(
  fc.uint8Array().map((column) => ({ kind: 'u8' as const, column })),
  fc.uint16Array().map((column) => ({ kind: 'u16' as const, column })),
  fc.uint32Array().map((column) => ({ kind: 'u32' as const, column })),
  fc.int32Array().map((column) => ({ kind: 'i32' as const, column })),
  fc.float64Array().map((column) => ({ kind: 'f64' as const, column })),
);

describe('a column cache', () => {
  it('gives back every column as it was, whatever its kind', () => {
    fc.assert(
      fc.property(fc.array(numbers, { maxLength: 6 }), (columns) => {
        const sections = columns.map(({ column }, at) => ({ name: `column ${at}`, column }));
        const read = readSections(bytesInMemory(written(KEY, sections)), KEY, checksum);
        expect(read?.names).toEqual(sections.map(({ name }) => name));
        for (const [at, { kind, column }] of columns.entries()) expect(read?.column(`column ${at}`, kind, column.length)).toEqual(column);
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  it('gives back columns longer than what is moved at once, and views into larger arrays', () => {
    const all = Uint32Array.from({ length: 600_000 }, (_, i) => Math.imul(i, 2654435761));
    const view = all.subarray(3, 590_000);
    const bytes = written(KEY, [{ name: 'view', column: view }]);
    expect(bytes.length - sectionBytes([{ name: 'view', column: view }])).toBeLessThan(300);
    const read = readSections(bytesInMemory(bytes), KEY, checksum)!.column('view', 'u32')!;
    expect(Buffer.from(read.buffer).equals(Buffer.from(view.slice().buffer))).toBe(true);
  });

  it('gives back what JSON can hold', () => {
    const read = readSections(bytesInMemory(written(KEY, SMALL)), KEY, checksum)!;
    expect(read.json('about')).toEqual({ classes: ['Map', 'árvíz'] });
    expect(read.json('types')).toBeUndefined();
    expect(read.json('no such')).toBeUndefined();
  });

  it('has no column of another kind, length or name', () => {
    const read = readSections(bytesInMemory(written(KEY, SMALL)), KEY, checksum)!;
    expect(read.column('types', 'f64')).toBeUndefined();
    expect(read.column('types', 'u32', 4)).toBeUndefined();
    expect(read.column('typos', 'u32')).toBeUndefined();
    expect(read.column('sizes', ['u32', 'f64'], 2)).toEqual(Float64Array.of(2 ** 40, 0.5));
  });

  it('takes no name twice', () => {
    expect(() => written(KEY, [SMALL[0], SMALL[0]])).toThrow('two sections are called types');
  });

  it('is not used for another file, other options, or fewer of them', () => {
    const source = bytesInMemory(written(KEY, SMALL));
    expect(readSections(source, { options: 'owner', hash: 'abc', mtimeNs: '1', sizeBytes: 12 }, checksum)).toBeDefined();
    for (const other of [{ ...KEY, mtimeNs: '2' }, { ...KEY, sizeBytes: 13 }, { ...KEY, options: 'raw' }, { ...KEY, more: 1 }, {}])
      expect(readSections(source, other, checksum)).toBeUndefined();
  });

  it('is not used when another version wrote it', () => {
    const bytes = written(KEY, SMALL);
    const view = new DataView(bytes.buffer);
    expect(view.getUint32(8, true)).toBe(CACHE_VERSION);
    view.setUint32(8, CACHE_VERSION + 1, true);
    view.setUint32(40, checksum(bytes.subarray(0, 40), 0), true);
    expect(readSections(bytesInMemory(bytes), KEY, checksum)).toBeUndefined();
  });

  it('is not used when its writer did not come to the end, wherever that was', () => {
    const bytes = written(KEY, SMALL);
    for (let length = 0; length < bytes.length; length++) {
      const cutOff = bytes.slice(0, length);
      expect(readSections(bytesInMemory(cutOff), KEY, checksum)).toBeUndefined();
      cutOff.fill(0, 0, Math.min(44, length));
      expect(readSections(bytesInMemory(cutOff), KEY, checksum)).toBeUndefined();
    }
    expect(readSections(bytesInMemory(Uint8Array.of(...bytes, 0)), KEY, checksum)).toBeUndefined();
  });

  it('never gives back a column with a changed bit', () => {
    const bytes = written(KEY, SMALL);
    const whole = readSections(bytesInMemory(bytes), KEY, checksum)!;
    for (let at = 0; at < bytes.length; at++) {
      for (let bit = 1; bit < 256; bit <<= 1) {
        bytes[at] ^= bit;
        const read = readSections(bytesInMemory(bytes), KEY, checksum);
        const columns = [read?.column('types', 'u32'), read?.column('sizes', 'f64'), read?.column('about', 'u8')];
        bytes[at] ^= bit;
        expect(columns.filter((column) => column === undefined).length).toBeGreaterThan(0);
        if (columns[0] !== undefined) expect(columns[0]).toEqual(whole.column('types', 'u32'));
        if (columns[1] !== undefined) expect(columns[1]).toEqual(whole.column('sizes', 'f64'));
      }
    }
  });

  it('allocates no more than the file has bytes, whatever its directory claims', () => {
    // Checksums are right, so that the claims themselves are looked at.
    const lying = (claim: object): unknown => {
      const entries = [{ name: 'x', kind: 'f64', length: 1, position: 44, checksum: 0, ...claim }];
      const directory = new TextEncoder().encode(JSON.stringify({ key: JSON.stringify([]), entries }));
      const bytes = new Uint8Array(44 + 8 + directory.length);
      bytes.set(written({}, []).subarray(0, 44));
      bytes.set(directory, 52);
      const view = new DataView(bytes.buffer);
      view.setFloat64(16, 52, true);
      view.setUint32(24, directory.length, true);
      view.setUint32(28, checksum(directory, 0), true);
      view.setFloat64(32, bytes.length, true);
      view.setUint32(40, checksum(bytes.subarray(0, 40), 0), true);
      return readSections(bytesInMemory(bytes), {}, checksum)?.names;
    };
    expect(lying({})).toEqual(['x']);
    const claims = [
      { length: 2 },
      { length: 2 ** 50 },
      { length: -1 },
      { length: 0.5 },
      { position: 45 },
      { position: 0 },
      { kind: 'u64' },
      { kind: 'toString' },
      { name: 7 },
    ];
    for (const claim of claims) expect(lying(claim)).toBeUndefined();
  });
});

describe('a column cache that columns are added to', () => {
  const MORE: readonly Section[] = [
    { name: 'tree', column: Uint32Array.from({ length: 40 }, (_, i) => i * i) },
    { name: 'sizes', column: Float64Array.of(3, 4) },
  ];
  const bytes = written(KEY, SMALL);
  const states = statesWhileAdding(KEY, bytes, MORE);
  const last = states[states.length - 1];

  it('gives back what it had, what was added, and the later of two of one name', () => {
    const read = readSections(bytesInMemory(last), KEY, checksum)!;
    expect([...read.names].sort()).toEqual(['about', 'none', 'sizes', 'tree', 'types']);
    expect(read.column('types', 'u32')).toEqual(SMALL[0].column);
    expect(read.column('tree', 'u32')).toEqual(MORE[0].column);
    expect(read.column('sizes', 'f64')).toEqual(MORE[1].column);
    expect(read.json('about')).toEqual({ classes: ['Map', 'árvíz'] });
  });

  it('goes on to serve whoever had it open', () => {
    const source = { ...bytesInMemory(last), sizeBytes: bytes.length };
    const before = readSections(bytesInMemory(bytes), KEY, checksum)!;
    for (const { name, kind, position, length } of before.entries) {
      const size = { u8: 1, u16: 2, u32: 4, i32: 4, f64: 8 }[kind] * length;
      const [was, is] = [new Uint8Array(size), new Uint8Array(size)];
      bytesInMemory(bytes).read(was, position);
      source.read(is, position);
      expect([name, is]).toEqual([name, was]);
    }
  });

  it('is not believed at any moment before the last write is done, nor with a part of that', () => {
    expect(states.length).toBe(MORE.length + 2);
    for (const [step, state] of states.slice(0, -1).entries()) {
      const before = step === 0 ? bytes : states[step - 1];
      // The system may have taken any part of a write.
      for (let length = before.length + 1; length <= state.length; length++)
        expect(readSections(bytesInMemory(state.slice(0, length)), KEY, checksum)).toBeUndefined();
    }
    const unfinished = states[states.length - 2];
    for (let written = 0; written < 44; written++) {
      const torn = unfinished.slice();
      torn.set(last.subarray(0, written));
      const isWhole = torn.every((byte, at) => byte === last[at]);
      expect(readSections(bytesInMemory(torn), KEY, checksum) !== undefined).toBe(isWhole);
    }
  });

  it('can be added to again', () => {
    const again = statesWhileAdding(KEY, last, [{ name: 'more', column: Uint8Array.of(7) }]);
    const read = readSections(bytesInMemory(again[again.length - 1]), KEY, checksum)!;
    expect([read.column('tree', 'u32'), read.column('more', 'u8')]).toEqual([MORE[0].column, Uint8Array.of(7)]);
  });
});
