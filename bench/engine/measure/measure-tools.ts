import { join } from 'node:path';
import type { OurResult } from '../ours/our-result.ts';
import type { Rivals } from '../rivals/install-rivals.ts';
import type { SnapshotTriple } from '../generate/snapshots.ts';
import { runMeasured, type Measured } from './run-measured.ts';

/** A measured run of ours, with the steps that it timed itself. */
export interface OurMeasured extends Measured {
  readonly result: OurResult;
}

const OURS = join(import.meta.dirname, '../ours/ours.mjs');
const DEVTOOLS = join(import.meta.dirname, '../rivals/run-devtools.mjs');
/** As memlab's own command asks for; large columns lie outside of this. */
const MEMLAB_FLAGS = ['--expose-gc', '--max-old-space-size=4096'];
const DEVTOOLS_FLAGS = ['--max-old-space-size=8000'];

/** Makes the bundle that all later runs start from. */
export async function prepareOurs(): Promise<void> {
  await startOfOurs();
}

/** Node and our modules, without any work: part of each of our figures. */
export function startOfOurs(): Promise<Measured> {
  return runMeasured({ args: [OURS, 'start'] });
}

export async function ours(task: string, ...paths: readonly string[]): Promise<OurMeasured> {
  const measured = await runMeasured({ args: [OURS, task, ...paths], reads: paths[paths.length - 1] });
  return { ...measured, result: JSON.parse(measured.stdout) as OurResult };
}

export function devTools(rivals: Rivals, path: string, only: 'everything' | 'same outputs'): Promise<Measured> {
  const flags = only === 'everything' ? [] : ['--same-outputs'];
  return runMeasured({ args: [...DEVTOOLS_FLAGS, DEVTOOLS, rivals.devtools, path, ...flags], reads: path });
}

export function memlabObjectSize(rivals: Rivals, path: string, folder: string): Promise<Measured> {
  return runMeasured({
    args: [...MEMLAB_FLAGS, rivals.memlab, 'analyze', 'object-size', '--snapshot', path, '--work-dir', folder],
    reads: path,
  });
}

export function memlabFindLeaks(rivals: Rivals, { baseline, target, final }: SnapshotTriple, folder: string): Promise<Measured> {
  const files = ['--baseline', baseline, '--target', target, '--final', final];
  return runMeasured({ args: [...MEMLAB_FLAGS, rivals.memlab, 'find-leaks', ...files, '--work-dir', folder], reads: final });
}

/** The run of median CPU of several. */
export async function median<M extends Measured>(runs: number, measure: () => Promise<M>): Promise<M> {
  const all: M[] = [];
  for (let run = 0; run < runs; run++) all.push(await measure());
  return all.sort((a, b) => a.cpuSeconds - b.cpuSeconds)[Math.floor((runs - 1) / 2)];
}
