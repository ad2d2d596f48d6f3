import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bytesInMemory } from '../byte-source.ts';
import { cpythonDump } from './index.ts';
import { inflate } from './testing/dump-file.ts';

const golden = new Uint8Array(readFileSync(new URL('../../../../../protocol/golden/golden-3.11.heap', import.meta.url)));

test('recognises a dump by its first bytes, of whatever version, and nothing else', () => {
  const text = (start: string): Uint8Array => new TextEncoder().encode(start);
  expect(
    [golden.subarray(0, 4096), text('HTHEAP9\n'), text('HTHEA'), text('{"snapshot":'), new Uint8Array()].map((head) =>
      cpythonDump.recognises(head),
    ),
  ).toEqual([true, true, false, false, false]);
});

test('says which runtime wrote the heap, and when', () => {
  const options = { inflate, shallowSizes: 'owner', keepNames: false, progress: () => undefined } as const;
  const { format, runtime, takenAtMs, whole, graph } = cpythonDump.load(bytesInMemory(golden), options);
  expect({ format, runtime, whole }).toEqual({ format: 'cpython-dump', runtime: { name: 'cpython', version: '3.11.7' }, whole: true });
  expect(takenAtMs).toBeGreaterThan(1.7e12);
  expect(graph.nodeCount).toBeGreaterThan(10_000);
});
