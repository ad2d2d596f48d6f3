import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { findPythons } from '../exhibits/find-python.ts';
import { loadPrograms, type Program } from './program.ts';
import { runProgram, type ProgramResult } from './run-program.ts';
import { renderTable } from './table.ts';

// A sample of `npm run healthy-waiters`, of programs that need the standard library only: real programs under the real
// command, all at once, for they mostly wait. A healthy one is watched for a minute, a leaky one until it has grown enough.
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const HEALTHY = ['asyncio_idle_connections', 'asyncio_long_waits', 'asyncio_queue_workers', 'threads_executors', 'threads_owners'];
const LEAKY = ['cursors_left', 'lost_replies', 'pools_kept', 'thread_with_closure'];
/** Has a scheduler of its own. */
const UNJUDGED = 'generators_coroutines';
const HEALTHY_SECONDS = 60;
const SHORT_SECONDS = 30;
const LONGEST_MS = 5 * 60_000;

const pythons = findPythons(process.env.HEAPTRAIL_PYTHON);
const programs = loadPrograms(join(ROOT, 'exhibits/waiters'));
const stop = new AbortController();
afterAll(() => stop.abort());

const results = new Map(
  [...HEALTHY, ...LEAKY, UNJUDGED].map((name) => [name, watch(programs.find(({ name: own, kind }) => own === name && kind !== 'twin'))]),
);

describe('of programs that wait', () => {
  test('there are thirty healthy ones at least, and a leaky one for each pattern', () => {
    expect(programs.filter(({ isLeaky }) => !isLeaky).length).toBeGreaterThanOrEqual(30);
    expect([...new Set(programs.flatMap(({ expect }) => expect))].sort()).toEqual([
      'executor-or-pool-not-closed',
      'generator-never-finished',
      'task-never-wakes',
      'thread-never-ends',
    ]);
  });

  test.each(HEALTHY)('%s, which is healthy, is not reported', async (name) => await isRight(name), LONGEST_MS);

  test(
    'coroutines that another scheduler drives are said not to be judged',
    async () => {
      await isRight(UNJUDGED);
      expect((await results.get(UNJUDGED))?.judgement?.mentioned).toEqual([
        '100 suspended coroutines that no task of asyncio drives: what wakes them is not known, and is not judged.',
      ]);
    },
    LONGEST_MS,
  );

  test.each(LEAKY)('%s, which leaks, is found', async (name) => await isRight(name), LONGEST_MS);
});

function secondsOf({ name }: Program): number {
  return HEALTHY.includes(name) ? HEALTHY_SECONDS : SHORT_SECONDS;
}

async function isRight(name: string): Promise<void> {
  const result = await results.get(name);
  expect(result?.judgement?.isRight, result === undefined ? name : `\n${renderTable([result], secondsOf(result.program))}\n`).toBe(true);
}

async function watch(program: Program | undefined): Promise<ProgramResult | undefined> {
  if (program === undefined) return undefined;
  return await runProgram(program, {
    root: ROOT,
    pythons,
    seconds: secondsOf(program),
    outName: 'waiters-test',
    progress: () => undefined,
    signal: stop.signal,
  });
}
