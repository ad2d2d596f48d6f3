import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeSeries, type SeriesResult } from '../../packages/core/src/index.ts';
import { bundleProgram } from './bundle-program.ts';
import { nodeRuntime } from './node-runtime.ts';

export interface SoakOptions {
  /** Rounds until which the program goes on; it stops earlier after `mostMs`. */
  readonly rounds: number;
  /** 60 s unless given. */
  readonly mostMs?: number;
}

export interface Soak {
  readonly rounds: number;
  /** heaptrail's own verdict on the heap in use after collections, one sample a round. */
  readonly heap: SeriesResult;
  /** Tables that were larger after the last round than after the tenth. */
  readonly grownTables: readonly string[];
}

/** As little as a few hundred objects more a round are found; noise of the runtime itself stays below. */
const MEANINGFUL_BYTES = 200_000;
const SETTLED_AFTER = 10;

/** Runs a program of the collection test for long, and judges the heap as `heaptrail run` judges that of a program. */
export async function soakOf(programPath: string, { rounds, mostMs = 60_000 }: SoakOptions): Promise<Soak> {
  const folder = mkdtempSync(join(tmpdir(), 'heaptrail-soak-'));
  try {
    const script = await bundleProgram(programPath);
    const seen = await nodeRuntime().run({ script, rounds, snapshotAfter: [], folder, mostMs });
    // By rounds and not by the clock: each does the same, and collections take longer the more there is.
    const timesMs = Float64Array.from(seen.rounds, (_, round) => round * 1000);
    const heap = judgeSeries(
      timesMs,
      Float64Array.from(seen.rounds, ({ heapUsedBytes }) => heapUsedBytes),
      { minimumGrowth: MEANINGFUL_BYTES },
    );
    const settled = seen.rounds[Math.min(SETTLED_AFTER, seen.rounds.length) - 1].tables;
    const last = seen.rounds[seen.rounds.length - 1].tables;
    const grownTables = Object.keys(last)
      .filter((name) => last[name] > (settled[name] ?? 0))
      .map((name) => `${name}: ${settled[name]} to ${last[name]}`);
    return { rounds: seen.rounds.length, heap, grownTables };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
