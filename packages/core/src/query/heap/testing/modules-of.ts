import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBytes } from '../../../formats/v8-heapsnapshot/testing/load-small.ts';
import { noProgress } from '../../../graph/progress.ts';
import { dominatorsAnswer } from '../dominators-answer.ts';
import { Heap } from '../heap.ts';
import { suspectsAnswer } from '../suspects-answer.ts';
import type { ModuleProgram } from './module-programs.ts';

export interface ModuleHeap {
  readonly heap: Heap;
  /** Where the program was: taken out of what is compared. */
  readonly folder: string;
}

/** The heap that a program writes, under a Node, by default the one that runs the test. */
export function heapOfProgram({ files, flags = [] }: ModuleProgram, node: string = process.execPath): ModuleHeap {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'heaptrail-modules-')));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const path = join(folder, 'heap.heapsnapshot');
    const { status, stderr } = spawnSync(node, [...flags, ...Object.keys(files).slice(0, 1), path], { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`the program ended with ${String(status)}: ${stderr}`);
    const bytes = readFileSync(path);
    const graph = loadBytes(bytes);
    const loaded = { graph, format: 'v8-heapsnapshot', runtime: { name: 'V8', version: undefined }, takenAtMs: undefined, whole: true };
    return { heap: new Heap(loaded, { path, sizeBytes: bytes.length }, noProgress), folder };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What keeps more than a tenth of the heap, and how it is held. */
export function suspectLines({ heap, folder }: ModuleHeap): string[] {
  return suspectsAnswer(heap)
    .suspects.filter(({ passes }) => passes)
    .map(({ objects, type, path, owner }) => {
      const held = path.map((step) => `${step.step} (${step.type})`).join(' → ');
      return `${objects} ${type}: ${held}${owner === null ? '' : `, of ${owner.name}`}`.replaceAll(folder, '…');
    });
}

/** The rows of the dominator view with half of the heap or more. */
export function dominatorLines({ heap, folder }: ModuleHeap): string[] {
  const lines: string[] = [];
  const draw = (cell: ReturnType<typeof dominatorsAnswer>['root'], indent: string): void => {
    if (cell.object !== null) lines.push(`${indent}${cell.object.type}: ${String(cell.where).replaceAll(folder, '…')}`);
    for (const child of cell.children) draw(child, cell.object === null ? indent : `${indent}  `);
  };
  draw(dominatorsAnswer(heap, undefined, { depth: 4, leastShare: 0.5 }).root, '');
  return lines;
}

export function moduleNames({ heap, folder }: ModuleHeap): string[] {
  return heap.graph.roots.flatMap((root) => (root.kind === 'module' ? [root.name.replaceAll(folder, '…')] : [])).sort();
}
