/**
 * `npm run build:toolkit -- FOLDER`: packages/toolkit as it is published (`npm pack FOLDER`). One module of JavaScript and one
 * of declarations for each file, so that bundlers drop what is not imported; no tests, no programs.
 */
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const PACKAGE = fileURLToPath(new URL('../../packages/toolkit/package.json', import.meta.url));
const LICENSE = fileURLToPath(new URL('../../LICENSE', import.meta.url));
const NAME = '@heaptrail/toolkit';
const SOURCE = fileURLToPath(new URL('../../packages/toolkit/src/', import.meta.url));

/** Throws with the compiler's own words when it does not compile. */
export function buildToolkit(folder: string): void {
  removeEarlierBuild(folder);
  const program = ts.createProgram(sourceFiles(), {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: true,
    rewriteRelativeImportExtensions: true,
    declaration: true,
    skipLibCheck: true,
    types: ['node'],
    rootDir: SOURCE,
    outDir: folder,
  });
  const { diagnostics } = program.emit();
  const all = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (all.length > 0)
    throw new Error(
      ts.formatDiagnostics(all, { getCanonicalFileName: (name) => name, getCurrentDirectory: () => SOURCE, getNewLine: () => '\n' }),
    );
  writeFileSync(join(folder, 'package.json'), publishedPackage());
  copyFileSync(LICENSE, join(folder, 'LICENSE'));
}

/** Somebody may name a folder of something else by mistake: only what this wrote before is removed. */
function removeEarlierBuild(folder: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return;
  if (!existsSync(join(folder, 'package.json')) || !readFileSync(join(folder, 'package.json'), 'utf8').includes(NAME))
    throw new Error(`${folder} holds something else: name a folder that is new, empty, or holds an earlier build of ${NAME}`);
  if (existsSync(join(folder, 'src'))) throw new Error(`${folder} holds the sources of ${NAME}: name another folder`);
  rmSync(folder, { recursive: true });
}

function sourceFiles(): string[] {
  return readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !/\.(test|slow)\.ts$|(^|\/)(programs|testing)\//.test(path))
    .map((path) => join(SOURCE, path));
}

/** The same package, with what was built in the place of the sources. */
function publishedPackage(): string {
  const source = JSON.parse(readFileSync(PACKAGE, 'utf8')) as Record<string, unknown>;
  const exports = { '.': { types: './index.d.ts', default: './index.js' } };
  return `${JSON.stringify({ ...source, exports }, undefined, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, ...more] = process.argv.slice(2);
  try {
    if (folder === undefined || more.length > 0) throw new Error('expected one folder to write to: npm run build:toolkit -- FOLDER');
    buildToolkit(resolve(folder));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
