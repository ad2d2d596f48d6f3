import { ManualClock } from '../../clock/manual-clock.ts';
import { silentLogger } from '../../logger/logger.ts';
import { TaskPool } from '../task-pool.ts';

/** Tasks that end, fail, take too long, are aborted, or can never end because nobody holds their promise. */
class Thumbnail {
  readonly pixels = new Array<number>(10).fill(0);
}

const clock = new ManualClock();
const lasting = new AbortController().signal;
const pool = new TaskPool({ concurrency: 8, clock, logger: silentLogger });

async function neverEnds(): Promise<Thumbnail> {
  const thumbnail = new Thumbnail();
  await new Promise(() => undefined);
  return thumbnail;
}

const ignored = (): void => undefined;

export async function round(): Promise<void> {
  for (let i = 0; i < 1_000; i++) {
    await pool.run(async () => new Thumbnail(), { signal: lasting, timeoutMs: 60_000 });
    await pool.run(() => Promise.reject(new Error('no picture'))).catch(ignored);
  }
  const slow = pool.run(neverEnds, { timeoutMs: 100 }).catch(ignored);
  const controller = new AbortController();
  const aborted = pool.run(neverEnds, { signal: controller.signal, timeoutMs: 200 }).catch(ignored);
  await clock.advance(0);
  controller.abort();
  for (let i = 0; i < 3; i++) void pool.run(neverEnds);
  await clock.advance(1_000);
  await Promise.all([slow, aborted]);
}

/** The pool has one timer from its making to its end. */
const OPEN_POOLS = 1;

export function tables(): Record<string, number> {
  const { running, queued } = pool.statistics();
  return { running, queued, timers: clock.pendingTimers - OPEN_POOLS };
}
