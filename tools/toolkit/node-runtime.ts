import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_HOST } from './node-host.ts';
import type { RoundSeen } from './driver.ts';
import type { RunSeen, Runtime, RuntimeRun } from './runtime.ts';

/** For a process that has nothing left to do: ending takes some milliseconds, a machine with other work some seconds. */
const END_GRACE_MS = 5000;
const LONGEST_RUN_MS = 120_000;

/** Runs programs in a process of a Node of their own; `path` is that of this process unless given. */
export function nodeRuntime(path: string = process.execPath): Runtime {
  const version = path === process.execPath ? process.version : spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout.trim();
  return { name: `Node ${version.slice(1)}`, run: (run) => runInNode(path, run) };
}

async function runInNode(path: string, { script, rounds, snapshotAfter, folder, mostMs = LONGEST_RUN_MS }: RuntimeRun): Promise<RunSeen> {
  writeFileSync(join(folder, 'program.mjs'), script);
  writeFileSync(join(folder, 'host.mjs'), NODE_HOST);
  const child = spawn(path, ['--expose-gc', 'host.mjs'], {
    cwd: folder,
    env: { ...withoutNodeOptions(), HEAPTRAIL_COLLECTION: JSON.stringify({ rounds, snapshotAfter, mostMs }) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-4000)));
  const seenPath = join(folder, 'seen.json');
  const ended = once(child, 'close');
  const stuck = await endsOrHangs(child, seenPath);
  await ended;
  if (!existsSync(seenPath)) throw new Error(`the program did not come to its end (exit code ${child.exitCode}):\n${complaint}`);
  const { seen, open } = JSON.parse(readFileSync(seenPath, 'utf8')) as { seen: string[]; open: string[] };
  return {
    rounds: seen.map((round) => JSON.parse(round) as RoundSeen),
    snapshots: snapshotAfter.map((round) => join(folder, `round-${round}.heapsnapshot`)),
    keptAliveBy: stuck ? (open.length > 0 ? open : ['something that Node does not name']) : [],
  };
}

/** True when the program was through and its process did not end; it is ended then. */
async function endsOrHangs(child: ReturnType<typeof spawn>, seenPath: string): Promise<boolean> {
  let throughAtMs: number | undefined;
  const startMs = performance.now();
  while (child.exitCode === null && child.signalCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const nowMs = performance.now();
    if (throughAtMs === undefined && existsSync(seenPath)) throughAtMs = nowMs;
    const stuck = throughAtMs !== undefined && nowMs - throughAtMs > END_GRACE_MS;
    if (stuck || nowMs - startMs > 2 * LONGEST_RUN_MS) {
      child.kill('SIGKILL');
      return stuck;
    }
  }
  return false;
}

/** Options of the test runner's process (loaders, inspectors) would change the heap of the program. */
function withoutNodeOptions(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  delete env.NODE_OPTIONS;
  delete env.NODE_V8_COVERAGE;
  return env;
}
