import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TakenSnapshot {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Deletes the file. */
  [Symbol.dispose](): void;
}

/** Runs a program (CommonJS) under a Node, by default the one that runs the test. It has to write a snapshot to `process.argv[2]`. */
export function runProgram(program: string, node: string = process.execPath): TakenSnapshot {
  const folder = mkdtempSync(join(tmpdir(), 'heaptrail-snapshot-'));
  const script = join(folder, 'program.cjs');
  const path = join(folder, 'heap.heapsnapshot');
  writeFileSync(script, program);
  const { status, stderr } = spawnSync(node, ['--expose-gc', script, path], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the program ended with ${String(status)}: ${stderr}`);
  return { path, bytes: readFileSync(path), [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}

/** The heap of a program at its end. */
export function takeSnapshot(program: string, node?: string): TakenSnapshot {
  return runProgram(`${program}\nrequire('node:v8').writeHeapSnapshot(process.argv[2]);`, node);
}

/** The heap of a page, written by what drives its browser. */
export async function takePage(write: (path: string) => Promise<void>): Promise<TakenSnapshot> {
  const folder = mkdtempSync(join(tmpdir(), 'heaptrail-snapshot-'));
  const path = join(folder, 'page.heapsnapshot');
  await write(path);
  return { path, bytes: readFileSync(path), [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}
