import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Where bundles are looked for and, in this order, written: with what is installed, or in the user's own cache folder when that may not be
 * written. Never a folder that others can write, such as /tmp: what lies there is run.
 *
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]}
 */
export function cacheFolders(root, env = process.env) {
  const own = env.XDG_CACHE_HOME;
  const home = homedir();
  const users = own !== undefined && isAbsolute(own) ? own : isAbsolute(home) ? join(home, '.cache') : undefined;
  return [join(root, 'node_modules/.cache/heaptrail'), ...(users === undefined ? [] : [join(users, 'heaptrail')])];
}
