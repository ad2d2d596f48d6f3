import { fileURLToPath } from 'node:url';

/**
 * A program that runs from TypeScript sources.
 *
 * @typedef {object} Program
 * @property {string} name of its bundles' folders: lower case letters and hyphens
 * @property {string} root absolute path of the repository, without a slash at its end
 * @property {readonly string[]} sources folders and files below the root of which the program is made; packages from outside are in the
 *   list by the file that `npm install` writes
 * @property {Readonly<Record<string, string>>} entries source files below the root, by the name of what is started; a thread's name is
 *   that of the `.mjs` file beside its source
 */

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

/** What every program here is made of: our packages, and the list of what is installed beside them. */
export const PACKAGES = ['packages', 'node_modules/.package-lock.json', 'tsconfig.json'];

/** @type {Program} */
export const HEAPTRAIL = {
  name: 'heaptrail',
  root: ROOT,
  sources: PACKAGES,
  entries: { main: 'packages/cli/src/main.ts', 'engine-thread': 'packages/cli/src/analysis/engine-thread.ts' },
};
