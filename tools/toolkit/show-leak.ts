/**
 * Prints the retaining path that heaptrail prints for a leaky program, for its page in docs/toolkit, or without a class what
 * `heaptrail analyze` says of its heap:
 * `npx tsx tools/toolkit/show-leak.ts packages/toolkit/src/weak/programs/leaky.ts Session`
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleProgram } from './bundle-program.ts';
import { nodeRuntime } from './node-runtime.ts';

const HEAPTRAIL = fileURLToPath(new URL('../../packages/cli/bin/heaptrail.mjs', import.meta.url));
const ROUNDS = 3;

async function main([path, className]: readonly (string | undefined)[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'heaptrail-leak-'));
  try {
    if (path === undefined) throw new Error('expected the path of a program, found nothing');
    const script = await bundleProgram(path, { lines: true });
    const { snapshots } = await nodeRuntime().run({ script, rounds: ROUNDS, snapshotAfter: [ROUNDS], folder });
    renameSync(snapshots[0], join(folder, 'leaky.heapsnapshot'));
    const question = className === undefined ? ['analyze', 'leaky.heapsnapshot'] : ['path', 'leaky.heapsnapshot', className];
    const told = spawnSync(process.execPath, [HEAPTRAIL, ...question, '--no-cache', '--no-color'], {
      cwd: folder,
      encoding: 'utf8',
    });
    const printed = `$ heaptrail ${question.join(' ')}\n${told.stdout}${told.stderr}`;
    // Which folder it was for this time is of no use to a reader.
    process.stdout.write(printed.replaceAll(`${process.cwd()}/`, '').replaceAll(`${folder}/`, '/app/'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main(process.argv.slice(2));
