import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where generated snapshots and installed rivals stay from run to run: not in the repository, and some 9 GB for all sizes. */
export function benchFolder(): string {
  const given = process.env.HEAPTRAIL_BENCH_DIR;
  const folder = given === undefined || given === '' ? join(tmpdir(), 'heaptrail-bench') : given;
  mkdirSync(folder, { recursive: true });
  return folder;
}
