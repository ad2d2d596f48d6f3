import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A heap at three moments, as leak finders want it; `final` is what a single file is taken from. */
export interface SnapshotTriple {
  readonly name: string;
  readonly baseline: string;
  readonly target: string;
  readonly final: string;
  readonly finalBytes: number;
}

/** Sizes by name; `units` is how often the generator repeats its program (1.58 MB of file each, and 4 MB for Node itself). */
export const SIZES = { '50 MB': { units: 29 }, '250 MB': { units: 156 }, '1 GB': { units: 631 } } as const;
export type SizeName = keyof typeof SIZES;

const COPIES_IN_LARGEST = 5;
/** Enough for the heap of the largest size; the snapshot's writer needs 5 GB more, outside of V8's heap. */
const MAX_OLD_SPACE_MB = 8000;

/** The snapshots of one size, generated where they are not there yet. Those of 1 GB take some two minutes and 6 GB of memory, once. */
export function snapshotsOf(size: SizeName, benchFolder: string): SnapshotTriple {
  const { units } = SIZES[size];
  const folder = join(benchFolder, `snapshots-${units}-node-${process.versions.node}`);
  if (!existsSync(folder)) {
    console.error(`Generating three snapshots of ${size} with Node ${process.versions.node} …`);
    const unfinished = `${folder}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished);
    node('generate.mjs', ['--expose-gc', `--max-old-space-size=${MAX_OLD_SPACE_MB}`], [String(units), join(unfinished, 'heap')]);
    renameSync(unfinished, folder);
  }
  const path = (moment: string): string => join(folder, `heap.${moment}.heapsnapshot`);
  const final = path('final');
  return { name: size, baseline: path('baseline'), target: path('target'), final, finalBytes: statSync(final).size };
}

/** A file above 4 GB: five copies of the largest generated one. */
export function multipliedSnapshot(of: SnapshotTriple, benchFolder: string): string {
  const path = join(benchFolder, `multiplied-${COPIES_IN_LARGEST}-${of.finalBytes}.heapsnapshot`);
  if (!existsSync(path)) {
    console.error(`Writing ${COPIES_IN_LARGEST} copies of the snapshot of ${of.name} into one file …`);
    const unfinished = `${path}.unfinished`;
    node('multiply.mjs', [], [of.final, String(COPIES_IN_LARGEST), unfinished]);
    renameSync(unfinished, path);
  }
  return path;
}

/** Dump of a CPython process of about so many objects. */
export function cpythonDump(objects: number, benchFolder: string): string {
  const python = process.env.HEAPTRAIL_PYTHON ?? 'python3';
  const path = join(benchFolder, `cpython-${objects}.heap`);
  if (!existsSync(path)) {
    console.error(`Dumping ${objects} objects of ${python} …`);
    const unfinished = `${path}.unfinished`;
    rmSync(unfinished, { force: true });
    run(python, [join(import.meta.dirname, 'cpython_heap.py'), String(objects), unfinished]);
    renameSync(unfinished, path);
  }
  return path;
}

function node(script: string, flags: readonly string[], args: readonly string[]): void {
  run(process.execPath, [...flags, join(import.meta.dirname, script), ...args]);
}

function run(command: string, args: readonly string[]): void {
  const { status, signal, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0)
    throw new Error(
      `${command} ${args.join(' ')} ended with ${error?.message ?? signal ?? `status ${String(status)}`}; is there enough memory and disk?`,
    );
}
