import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it, vi } from 'vitest';
import { finalizerLines, finalizersOf } from '../../../core/src/query/heap/testing/finalizers-of.ts';
import { bundleProgram } from '../../../../tools/toolkit/bundle-program.ts';
import { nodeRuntime } from '../../../../tools/toolkit/node-runtime.ts';

/** A second each, and a minute where the machine has much else to do. */
vi.setConfig({ testTimeout: 240_000 });

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** What `heaptrail analyze` says of finalizers in the heap of a program after three rounds of 300 objects. */
async function foundIn(name: string): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'heaptrail-finalize-'));
  folders.push(folder);
  const script = await bundleProgram(fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url)));
  const { snapshots } = await nodeRuntime().run({ script, rounds: 3, snapshotAfter: [3], folder });
  const bytes = readFileSync(snapshots[0]);
  return finalizerLines(finalizersOf({ path: snapshots[0], bytes, [Symbol.dispose]: () => undefined })).map((line) =>
    line.replace(/, line \d+/, '').replace(`${folder}/`, ''),
  );
}

it('heaptrail names what a closure captures, which the check in development cannot see', async () => {
  expect(await foundIn('leaky')).toMatchInlineSnapshot(`
    [
      "900 Connection: finalizer-holds-its-target, held value: held value Function → closure connection Connection in (anonymous)",
    ]
  `);
  expect(await foundIn('leaky-closure')).toMatchInlineSnapshot(`
    [
      "900 Subscription: finalizer-holds-its-target, held value, and not alone, also module program.mjs variable finalizers .#live {…}: held value Finalizer → .#callback Function → closure subscription Subscription in (anonymous)",
    ]
  `);
});

it('heaptrail has nothing to say of finalizers that got what they need as arguments', async () => {
  expect(await foundIn('safe')).toEqual([]);
});
