import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import ts from 'typescript';

/**
 * A module with all of ours that it imports, compiled by TypeScript: what it makes of an accessor with a decorator lies in a
 * private field, where esbuild makes a WeakMap of it, which costs several times as much. For measurements.
 */
export async function bundleWithTypescript(path: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform: 'node',
    packages: 'external',
    logLevel: 'silent',
    plugins: [
      {
        name: 'typescript',
        setup: (bundling) => {
          bundling.onLoad({ filter: /\.ts$/ }, ({ path: file }) => ({
            contents: ts.transpileModule(readFileSync(file, 'utf8'), { compilerOptions: OPTIONS }).outputText,
            loader: 'js',
          }));
        },
      },
    ],
  });
  return outputFiles[0].text;
}

const OPTIONS: ts.CompilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true };
