import module from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { keepInUse } from './bundle-use.mjs';
import { cacheFolders } from './cache-folders.mjs';
import { sourcesKey } from './sources-key.mjs';
import { isWhole } from './whole-bundle.mjs';

/**
 * Loads an entry of a program: from the bundle of its sources as they are now, which is made when there is none, or, where none can be
 * made, from the sources themselves through tsx, which takes half a second more.
 * `HEAPTRAIL_BUNDLE=off` always takes the sources. The entry should do nothing yet when it is loaded, for a bundle that does not load is
 * followed by the sources.
 *
 * @param {import('./program.mjs').Program} program
 * @param {string} entry
 * @returns {Promise<any>} the module
 */
export async function start(program, entry) {
  const folder = process.env.HEAPTRAIL_BUNDLE === 'off' ? undefined : await bundleOf(program);
  if (folder !== undefined) {
    try {
      // Node 22.1 and later keep what they compiled.
      module.enableCompileCache?.(join(folder, 'compiled'));
      const loaded = await import(pathToFileURL(join(folder, `${entry}.mjs`)).href);
      keepInUse(folder);
      return loaded;
    } catch {
      // A bundle that does not load is no reason not to start.
    }
  }
  const { register } = await import('tsx/esm/api');
  register();
  return import(pathToFileURL(join(program.root, program.entries[entry])).href);
}

/** @param {import('./program.mjs').Program} program */
async function bundleOf(program) {
  const key = sourcesKey(program);
  const folders = cacheFolders(program.root).map((cache) => join(cache, `${program.name}-${key}`));
  const found = folders.find(isWhole);
  if (found !== undefined) return found;
  const { SourcesChangedError, writeBundle } = await import('./write-bundle.mjs');
  for (const folder of folders) {
    try {
      await writeBundle(program, key, folder);
      return folder;
    } catch (error) {
      if (error instanceof SourcesChangedError) return undefined;
      // Otherwise the next place, or none.
    }
  }
  return undefined;
}
