import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { TaskPool } from './task-pool.ts';

const PROGRAM = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', (number) => {
    if (number < 0) for (;;);
    parentPort.postMessage(number * number);
  });
`;

async function square(worker: Worker, number: number): Promise<unknown> {
  worker.postMessage(number);
  const [answer] = (await once(worker, 'message')) as unknown[];
  return answer;
}

it('worker threads: no more than concurrency, used again, and one that computes without end is terminated', async () => {
  const made: Worker[] = [];
  let exited = 0;
  const pool = new TaskPool<Worker>({
    concurrency: 2,
    workers: {
      create: () => {
        const worker = new Worker(PROGRAM, { eval: true });
        worker.once('exit', () => exited++);
        made.push(worker);
        return worker;
      },
      destroy: (worker) => worker.terminate(),
    },
  });
  const squares = await Promise.all([1, 2, 3, 4, 5, 6].map((number) => pool.run(({ worker }) => square(worker, number))));
  expect(squares).toEqual([1, 4, 9, 16, 25, 36]);
  expect(made).toHaveLength(2);

  await expect(pool.run(({ worker }) => square(worker, -1), { timeoutMs: 100 })).rejects.toMatchObject({ code: 'HEAPTRAIL_TASK_TIMEOUT' });
  expect(await Promise.all([7, 8].map((number) => pool.run(({ worker }) => square(worker, number))))).toEqual([49, 64]);
  await expect.poll(() => exited).toBe(1);

  await pool.close();
  expect(exited).toBe(made.length);
  expect(pool.statistics()).toMatchObject({ running: 0, started: 9, completed: 8, timeouts: 1 });
});
