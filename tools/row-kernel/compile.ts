import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Pinned: other versions may compile to other bytes. Not among the dependencies of the repository, because it takes 100 MB. */
const ASSEMBLY_SCRIPT = '0.28.20';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = join(ROOT, 'packages/core/src/formats/v8-heapsnapshot/row-kernel');
export const KERNEL_SOURCE = join(FOLDER, 'rows.assembly.ts');
export const KERNEL_BYTES = join(FOLDER, 'kernel-bytes.ts');

/** What stands in `kernel-bytes.ts` of the source that it was compiled from. */
export function fingerprint(source: string): string {
  return createHash('sha256').update(source).digest('hex');
}

/** The text of `kernel-bytes.ts` for the source as it is now. Needs the npm registry, or npm's cache, the first time. */
export function compileKernel(): string {
  const folder = mkdtempSync(join(tmpdir(), 'heaptrail-kernel-'));
  try {
    const out = join(folder, 'kernel.wasm');
    const options = ['-O3', '--converge', '--noAssert', '--uncheckedBehavior', 'always', '--runtime', 'stub', '--importMemory'];
    const { status, stderr } = spawnSync(process.execPath, [compiler(), KERNEL_SOURCE, ...options, '-o', out], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`AssemblyScript could not compile ${KERNEL_SOURCE}:\n${stderr}`);
    const source = fingerprint(readFileSync(KERNEL_SOURCE, 'utf8'));
    return [
      `/** \`rows.assembly.ts\` as AssemblyScript ${ASSEMBLY_SCRIPT} compiles it (\`npm run kernel\`). */`,
      `export const KERNEL =`,
      `  '${readFileSync(out).toString('base64')}';`,
      '',
      '/** SHA-256 of the source. */',
      `export const KERNEL_SOURCE_SHA256 = '${source}';`,
      '',
    ].join('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The command of AssemblyScript, installed once beside what else is cached. */
function compiler(): string {
  const folder = join(ROOT, `node_modules/.cache/heaptrail/assemblyscript-${ASSEMBLY_SCRIPT}`);
  if (!existsSync(folder)) {
    const unfinished = `${folder}.${process.pid}`;
    mkdirSync(unfinished, { recursive: true });
    writeFileSync(join(unfinished, 'package.json'), JSON.stringify({ private: true, dependencies: { assemblyscript: ASSEMBLY_SCRIPT } }));
    const { status } = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: unfinished,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (status !== 0) throw new Error(`npm could not install assemblyscript ${ASSEMBLY_SCRIPT}, see above.`);
    renameSync(unfinished, folder);
  }
  return join(folder, 'node_modules/assemblyscript/bin/asc.js');
}
