import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Heap, heapFormats, pathAnswer, SourceMaps, withOriginalLines } from '@heaptrail/core';
import { afterAll, describe, expect, test } from 'vitest';
import { openHeapFile } from '../heap-file/open-heap-file.ts';
import { recogniseFormat } from '../heap-file/recognise-format.ts';
import { inflate } from '../session/inflate.ts';
import { DiskSourceFiles } from './disk-source-files.ts';
import { compile, PLANTED_LINE, SOURCE } from './testing/compiled-leak.ts';

const TRACK = fileURLToPath(new URL('testing/track.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'heaptrail-traced-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What is asked of the heap that the program leaves behind, its allocations traced. */
async function withTracedHeap<T>(script: string, how: 'snapshot' | 'timeline', use: (heap: Heap) => T): Promise<T> {
  const path = join(folder, `leak.heap${how}`);
  // V8 forgets where the objects were made that a compaction moves; one run in some hundred had such a one.
  execFileSync(process.execPath, ['--no-compact', TRACK, script, path, how], { stdio: 'pipe' });
  const file = await openHeapFile(path);
  try {
    const progress = () => undefined;
    const loaded = recogniseFormat(file, heapFormats).load(file.source, { inflate, shallowSizes: 'owner', keepNames: false, progress });
    return use(new Heap({ ...loaded, graph: withOriginalLines(loaded.graph, new SourceMaps(new DiskSourceFiles())) }, file, progress));
  } finally {
    file.close();
  }
}

/** The objects whose allocation was traced to the planted line. */
function plantedNodes({ graph }: Heap): number[] {
  const nodes: number[] = [];
  for (let node = 0; node < graph.nodeCount; node++) {
    const site = graph.sites.siteOf(node);
    if (site >= 0 && graph.sites.frames(site)[0]?.line === PLANTED_LINE) nodes.push(node);
  }
  return nodes;
}

describe('a program that was compiled from TypeScript, its allocations traced by the inspector', () => {
  test.each(['snapshot', 'timeline'] as const)('%s: each planted object has its line of TypeScript, and its callers', async (how) => {
    const script = compile(folder, `traced ${how}`, { sourcemap: 'linked', minify: true, format: 'esm' });
    await withTracedHeap(script, how, (heap) => {
      const planted = plantedNodes(heap);
      // 251 rows, their lists and the elements of these.
      expect(planted.length).toBeGreaterThanOrEqual(3 * 251);
      const { allocated } = pathAnswer(heap, `n-${planted[0]}`, { groups: 1, otherPaths: 0 });
      expect(allocated.map(({ function: name, file }) => `${name} ${file === SOURCE ? 'leak.ts' : ''}`).slice(0, 3)).toEqual([
        'makePlantedRow leak.ts',
        'remember leak.ts',
        '(top level) leak.ts',
      ]);
      expect(heap.graph.gaps).toEqual([]);
    });
  });

  test('without its map: the line that ran, and a sentence that says so once lines were shown', async () => {
    const script = compile(folder, 'traced without a map', { sourcemap: 'linked', format: 'esm' });
    rmSync(`${script}.map`);
    await withTracedHeap(script, 'snapshot', ({ graph }) => {
      const sites = Array.from({ length: graph.sites.siteCount }, (_, site) => graph.sites.frames(site)[0]);
      expect(sites.filter((frame) => frame?.function === 'makePlantedRow').map(({ file }) => file)).toEqual([script, script]);
      expect(graph.gaps).toEqual([
        `${script}: the source map cannot be read (no such file or folder), so lines are those of the code that ran`,
      ]);
    });
  });
});
