import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflate } from '../../../packages/capture/src/index.ts';
import { loadDump } from '../../../packages/core/src/formats/cpython-dump/index.ts';
import type { HeapGraph, NodeIndex } from '../../../packages/core/src/graph/heap-graph.ts';

export interface ProgramRun {
  readonly graph: HeapGraph;
  readonly nodeByAddress: ReadonlyMap<number, NodeIndex>;
  /** What the program noted of itself: `leave` in `programs/observed.py`. */
  readonly facts: unknown;
}

const PROGRAMS = join(import.meta.dirname, 'programs');
const SLOWEST_MS = 5 * 60_000;

/** Runs a program of `programs/` on an interpreter, and reads the dump that it takes of itself. Throws with its messages when it fails. */
export function runProgram(python: string, program: string, ...args: readonly string[]): ProgramRun {
  const folder = mkdtempSync(join(tmpdir(), 'heaptrail-oracle-'));
  try {
    const { status, signal, stderr, error } = spawnSync(python, [join(PROGRAMS, program), folder, ...args], {
      encoding: 'utf8',
      timeout: SLOWEST_MS,
      env: { ...process.env, PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1' },
    });
    if (status !== 0)
      throw new Error(`${python} ${program} ended with ${error?.message ?? signal ?? `status ${String(status)}`}:\n${stderr}`);
    const { graph, whole } = loadDump(readFileSync(join(folder, 'program.heap')), inflate);
    if (!whole) throw new Error(`the dump of ${program} is not whole: ${graph.gaps.join('; ')}`);
    const facts: unknown = JSON.parse(readFileSync(join(folder, 'facts.json'), 'utf8'));
    return { graph, facts, nodeByAddress: new Map(Array.from(graph.address, (address, node) => [address, node])) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
