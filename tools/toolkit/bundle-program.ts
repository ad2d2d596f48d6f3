import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const DRIVER = fileURLToPath(new URL('./driver.ts', import.meta.url));

/**
 * A program with its driver as one script that sets `globalThis.heaptrailProgram`. Decorators and `using` are compiled;
 * names of classes stay, for they are what snapshots show. `node:` modules stay imports, so programs that name none run in
 * browsers too. With `lines`, a source map at its end says where they were written.
 */
export async function bundleProgram(path: string, { lines = false } = {}): Promise<string> {
  const file = resolve(path);
  const contents = [
    `import * as program from ${JSON.stringify(file)};`,
    `import { driverOf } from ${JSON.stringify(DRIVER)};`,
    'globalThis.heaptrailProgram = driverOf(program);',
  ].join('\n');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: dirname(file), sourcefile: 'collection-entry.ts', loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    keepNames: true,
    external: ['node:*'],
    logLevel: 'silent',
    ...(lines ? { sourcemap: 'inline', sourceRoot: `${process.cwd()}/` } : {}),
  });
  // esbuild calls a class with decorators `_Panel` inside; V8 takes the class's name in snapshots from there.
  return outputFiles[0].text.replace(/ = class _(\w+)/g, ' = class $1');
}
