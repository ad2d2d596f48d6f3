import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Pinned, so that the same figures can be measured again. esbuild bundles the DevTools sources, which are TypeScript. */
export const RIVAL_VERSIONS = { memlab: '2.0.5', 'chrome-devtools-frontend': '1.0.1705227', esbuild: '0.25.12' } as const;

export interface Rivals {
  /** memlab's command. */
  readonly memlab: string;
  /** The heap worker of DevTools as one module. */
  readonly devtools: string;
}

/** Installs the rivals once, into a folder of their own. Needs the npm registry, or npm's cache. */
export function installRivals(benchFolder: string): Rivals {
  const pins = createHash('sha256').update(JSON.stringify(RIVAL_VERSIONS)).digest('hex').slice(0, 12);
  const folder = join(benchFolder, `rivals-${pins}`);
  if (!existsSync(folder)) install(folder);
  return { memlab: join(folder, 'node_modules/memlab/bin/memlab'), devtools: join(folder, 'devtools.mjs') };
}

function install(folder: string): void {
  console.error(`Installing the rivals into ${folder} …`);
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished);
  writeFileSync(join(unfinished, 'package.json'), JSON.stringify({ private: true, dependencies: RIVAL_VERSIONS }));
  // No scripts: memlab's puppeteer would fetch a whole browser.
  const { status } = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: unfinished,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0)
    throw new Error('npm could not install the rivals, see above. "npm run bench:engine -- --no-rivals" measures without them.');
  bundleDevTools(unfinished);
  renameSync(unfinished, folder);
}

interface Bundler {
  buildSync(options: Record<string, unknown>): unknown;
}

/** The loader and the snapshot of DevTools' heap worker, unchanged. Its texts come from a generated file that npm does not carry; they are not asked for. */
function bundleDevTools(folder: string): void {
  const frontEnd = join(folder, 'node_modules/chrome-devtools-frontend/front_end');
  const worker = join(frontEnd, 'entrypoints/heap_snapshot_worker');
  writeFileSync(
    join(frontEnd, 'core/i18n/locales.js'),
    `export const BUNDLED_LOCALES = ['en-US'], LOCALES = ['en-US'], DEFAULT_LOCALE = 'en-US', LOCAL_FETCH_PATTERN = '', REMOTE_FETCH_PATTERN = '';`,
  );
  const entry = join(folder, 'devtools-entry.mjs');
  writeFileSync(
    entry,
    `export { HeapSnapshotLoader } from ${JSON.stringify(join(worker, 'HeapSnapshotLoader.ts'))};
     export { JSHeapSnapshot, SecondaryInitManager } from ${JSON.stringify(join(worker, 'HeapSnapshot.ts'))};`,
  );
  const esbuild = createRequire(join(folder, 'package.json'))('esbuild') as Bundler;
  esbuild.buildSync({
    entryPoints: [entry],
    outfile: join(folder, 'devtools.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'esnext',
    tsconfigRaw: {},
    logLevel: 'error',
  });
}
