import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { HeapFileError } from '../../heap-file-error.ts';
import { columnsOf, loadBytes, loadNodes } from '../testing/load-small.ts';
import { randomRows } from '../testing/random-integers.ts';
import { AS_NODE_20, AS_NODE_24, writeSnapshot, type SmallNode } from '../testing/small-snapshot.ts';
import { EdgeKernel } from './edge-kernel.ts';
import { KERNEL_SOURCE_SHA256 } from './kernel-bytes.ts';
import { NodeKernel } from './node-kernel.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('is compiled from the source as it is now (else: npm run kernel)', () => {
  const source = readFileSync(new URL('rows.assembly.ts', import.meta.url), 'utf8');
  expect(createHash('sha256').update(source).digest('hex')).toBe(KERNEL_SOURCE_SHA256);
});

describe('rows read by the kernel', () => {
  /** What the columns say, or the error that reading ended with. */
  function outcome(bytes: Uint8Array, readsFast: boolean, pieceBytes: number, keepNames: boolean): unknown {
    try {
      return columnsOf(loadBytes(bytes, { readsFast, pieceBytes, keepNames, shallowSizes: 'raw' }));
    } catch (error) {
      if (error instanceof HeapFileError) return `${error.code}: ${error.message}`;
      throw error;
    }
  }
  const writings = fc.constantFrom(AS_NODE_20, AS_NODE_24, { ...AS_NODE_20, betweenNumbers: ', ' });
  const pieces = fc.constantFrom(1, 100, 4096, 1 << 20);

  it('are those that are read without it, whatever is damaged, down to the words of the error', () => {
    const kinds = { whole: 0, damaged: 0 };
    // What stands in rows, and what nearly does.
    const byte = fc.oneof(fc.constantFrom(...'0123456789,\n]- .'.split('')), fc.integer({ min: 0, max: 255 }).map(String.fromCharCode));
    const change = fc.record({ at: fc.double({ min: 0, max: 0.999, noNaN: true }), byte, isInserted: fc.boolean() });
    fc.assert(
      fc.property(
        randomRows,
        writings,
        pieces,
        fc.boolean(),
        fc.array(change, { maxLength: 2 }),
        (rows, writing, pieceBytes, keepNames, changes) => {
          let bytes = [...new TextEncoder().encode(writeSnapshot(rows, writing))];
          for (const { at, byte: wanted, isInserted } of changes)
            bytes = bytes.toSpliced(Math.floor(at * bytes.length), isInserted ? 0 : 1, wanted.charCodeAt(0));
          const expected = outcome(Uint8Array.from(bytes), false, pieceBytes, keepNames);
          kinds[typeof expected === 'string' ? 'damaged' : 'whole']++;
          expect(outcome(Uint8Array.from(bytes), true, pieceBytes, keepNames)).toEqual(expected);
        },
      ),
      { numRuns: 150, seed: 6 },
    );
    expect(Math.min(kinds.whole, kinds.damaged)).toBeGreaterThan(20);
  });

  it('are not asked for where WebAssembly is missing, forbidden or without memory', () => {
    const nodes: readonly SmallNode[] = [
      { type: 'synthetic', edges: [['element', 7, 1]] },
      { name: 'Map', size: 123 },
    ];
    const whole = columnsOf(loadNodes(nodes));
    vi.stubGlobal('WebAssembly', undefined);
    expect(columnsOf(loadNodes(nodes))).toEqual(whole);
    function refuse(): never {
      throw new RangeError('could not allocate memory');
    }
    vi.stubGlobal('WebAssembly', { Memory: refuse });
    expect(columnsOf(loadNodes(nodes))).toEqual(whole);
  });
});

describe('a kernel', () => {
  const write = (kernel: { readonly bytes: Uint8Array }, text: string): number => {
    kernel.bytes.set(new TextEncoder().encode(`${text}\0`));
    return text.length;
  };
  const edgeTables = {
    flagsOfType: Uint8Array.of(0, 1, 2, 3),
    isNamed: Uint8Array.of(1, 0, 1, 1),
    flagsOfInternal: new Uint8Array(256).fill(3).fill(8, 1, 2),
    knownNames: Uint8Array.of(0, 1, 255),
    nodeFields: 7,
    nodeCount: 100_000_000,
    internalFlags: 3,
    ephemeronName: 255,
  };

  it('reads references as far as it knows them', () => {
    const kernel = EdgeKernel.create(edgeTables, 10, 1000)!;
    const end = write(kernel, '2,1,7\n,1,4294967295,699999993\n,3,2,0,3,1,14\n,2,3,7\n,');
    expect(kernel.read(0, end, 1, 9)).toBe(end - '2,3,7\n,'.length);
    expect([kernel.rows, kernel.ephemeronRows, kernel.ephemerons[0]]).toEqual([4, 1, 3]);
    expect([...kernel.targets.subarray(1, 5)]).toEqual([1, 99_999_999, 0, 2]);
    expect([...kernel.names.subarray(1, 5)]).toEqual([1, 4_294_967_295, 2, 1]);
    expect([...kernel.flags.subarray(1, 5)]).toEqual([2, 1, 3, 8]);
  });

  it('stops where it is told to', () => {
    const kernel = EdgeKernel.create(edgeTables, 10, 1000)!;
    const end = write(kernel, '2,1,7,2,1,14,2,1,21,2,1,28,');
    expect([kernel.read(0, end, 0, 3), kernel.rows]).toEqual([20, 3]);
    expect([kernel.read(0, 7, 0, 10), kernel.rows]).toEqual([13, 2]);
  });

  it('reads nodes as far as it knows them', () => {
    const layout = { typeCount: 15, stringCount: 20_000_000, hasTrace: true, hasAttachedness: true };
    const kernel = NodeKernel.create(layout, 10, 1000)!;
    const end = write(kernel.columns, '3,12345678,4294967295,24,3,0,0\n,14,0,1,99999999,0,7,2\n,3,1,4294967296,1,1,0,0\n,');
    expect(kernel.read(0, end, 10)).toBe(end - '3,1,4294967296,1,1,0,0\n,'.length);
    expect([kernel.rows, kernel.attachednessRows, ...kernel.columns.attachedness.subarray(0, 2)]).toEqual([2, 1, 1, 2]);
    const { types, names, ids, sizes, edgeCounts, traces } = kernel.columns;
    expect([types, names, ids, sizes, edgeCounts, traces].map((column) => [...column.subarray(0, 2)])).toEqual([
      [3, 14],
      [12_345_678, 0],
      [4_294_967_295, 1],
      [24, 99_999_999],
      [3, 0],
      [0, 7],
    ]);
  });
});
