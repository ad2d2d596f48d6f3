import { closeSync, fsyncSync, mkdirSync, mkdtempSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { removeUnused } from './bundle-use.mjs';
import { sourcesKey } from './sources-key.mjs';
import { CONTENTS, isWhole } from './whole-bundle.mjs';

export class SourcesChangedError extends Error {}

/** Packages from npm that are not modules call `require`, which a module does not have. */
const REQUIRE = `import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);`;

/**
 * A source that names a file beside itself means the place of the source, not of the bundle. A thread is an entry of the bundle, and is
 * left as it is written.
 */
const OWN_PLACE = /(?<!new Worker\(new URL\('[^']*', )import\.meta\.(url|dirname|filename)/g;

/**
 * Makes a program's bundle in a cache folder: one file for each entry, and parts that are loaded when they are needed. Whole or not at all:
 * it is written beside its place, reaches the disk, and is then renamed. Throws when esbuild is missing or the folder cannot be
 * written, and SourcesChangedError when a source was changed meanwhile.
 *
 * @param {import('./program.mjs').Program} program
 * @param {string} key of the sources
 * @param {string} folder the bundle's place
 */
export async function writeBundle(program, key, folder) {
  const cache = dirname(folder);
  mkdirSync(cache, { recursive: true, mode: 0o700 });
  const unfinished = mkdtempSync(join(cache, `${basename(folder)}.`));
  try {
    /** @type {Record<string, number>} */
    const sizes = {};
    for (const { path, contents } of await bundle(program, unfinished)) {
      writeToDisk(path, contents);
      sizes[basename(path)] = contents.length;
    }
    // It may hold some sources as they were and some as they are now.
    if (sourcesKey(program) !== key) throw new SourcesChangedError();
    writeToDisk(join(unfinished, CONTENTS), Buffer.from(JSON.stringify(sizes)));
    moveTo(folder, unfinished);
    removeUnused(cache);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** @param {import('./program.mjs').Program} program @param {string} outdir */
async function bundle({ root, entries }, outdir) {
  const { build, stop } = await import('esbuild');
  try {
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(root, path)])),
      outdir,
      outExtension: { '.js': '.mjs' },
      chunkNames: 'part-[hash]',
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: `node${process.versions.node}`,
      sourcemap: true,
      sourcesContent: false,
      legalComments: 'none',
      banner: { js: REQUIRE },
      plugins: [ownPlaces],
      write: false,
      logLevel: 'silent',
    });
    return outputFiles;
  } finally {
    await stop();
  }
}

/** @type {import('esbuild').Plugin} */
const ownPlaces = {
  name: 'own-places',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (!text.includes('import.meta')) return undefined;
      const place = { url: pathToFileURL(path).href, dirname: dirname(path), filename: path };
      return { contents: text.replaceAll(OWN_PLACE, (_, name) => JSON.stringify(place[name])), loader: 'ts' };
    });
  },
};

/** @param {string} path @param {Uint8Array} bytes */
function writeToDisk(path, bytes) {
  const file = openSync(path, 'wx', 0o644);
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** @param {string} folder @param {string} unfinished */
function moveTo(folder, unfinished) {
  if (isWhole(folder)) return; // Another start was quicker.
  // Out of the way with what is broken: a folder that is not empty cannot be replaced.
  rmSync(folder, { recursive: true, force: true });
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    if (!isWhole(folder)) throw error;
  }
}
