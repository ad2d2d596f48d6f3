import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle, type Plugin } from 'esbuild';
import { NODE_ONLY_FILES } from './node-only.ts';

const SOURCES = fileURLToPath(new URL('../../../packages/toolkit/src/', import.meta.url));
const VITEST_IN_PAGE = fileURLToPath(new URL('./vitest-in-page.ts', import.meta.url));

/** The test files that run in a page, as `primitive/name.test.ts`. */
export function portableTestFiles(): string[] {
  return allTestFiles().filter(
    (file) => !NODE_ONLY_FILES.has(file) && !/ from '[./]+\/tools\//.test(readFileSync(join(SOURCES, file), 'utf8')),
  );
}

export function allTestFiles(): string[] {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => relative('.', file))
    .sort();
}

/** The toolkit and its tests as one script, which sets `globalThis.toolkitTests`. The tests are the files that Node runs, unchanged. */
export async function bundleTests(files: readonly string[]): Promise<string> {
  const imports = files.map((file) => `beginFile(${JSON.stringify(file)});\nawait import(${JSON.stringify(join(SOURCES, file))});`);
  const contents = [
    `import { beginFile, namesOfTests, runTests } from ${JSON.stringify(VITEST_IN_PAGE)};`,
    ...imports,
    'globalThis.toolkitTests = { namesOfTests, runTests };',
  ].join('\n');
  const { outputFiles } = await bundle({
    stdin: { contents, resolveDir: SOURCES, sourcefile: 'browser-tests-entry.ts', loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    // Older than `using` and decorators, so that they are compiled.
    target: 'es2022',
    keepNames: true,
    define: { 'import.meta.url': JSON.stringify('file:///page/') },
    plugins: [vitestInPage, nodeIsNotThere],
    logLevel: 'silent',
  });
  return outputFiles[0].text;
}

const vitestInPage: Plugin = {
  name: 'vitest-in-page',
  setup: (build) => {
    build.onResolve({ filter: /^vitest$/ }, () => ({ path: VITEST_IN_PAGE }));
  },
};

/** Files may import Node's modules for single tests, which are named in `node-only.ts`: nothing of it works in a page. */
const nodeIsNotThere: Plugin = {
  name: 'node-is-not-there',
  setup: (build) => {
    build.onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: 'node-is-not-there' }));
    build.onLoad({ filter: /.*/, namespace: 'node-is-not-there' }, ({ path }) => ({ contents: notThere(path), loader: 'js' }));
  },
};

function notThere(module: string): string {
  return `module.exports = new Proxy({}, { get: (_, name) => () => { throw new Error('${module} ' + String(name) + ' is not there in a page'); } });`;
}
