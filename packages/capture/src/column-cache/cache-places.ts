import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';

const ENDING = '.heaptrail-cache';

/** Where caches go whose files lie in folders that we may not write. */
export function cacheFolder(): string {
  const base = process.env.XDG_CACHE_HOME;
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'heaptrail');
}

/** Where the cache of a file may be, in the order in which they are tried: beside it, then in the user's folder for caches. */
export function cachePlaces(path: string, folder = cacheFolder()): readonly [beside: string, inFolder: string] {
  const whole = wholePath(path);
  const place = createHash('sha256').update(whole).digest('hex').slice(0, 16);
  return [`${path}${ENDING}`, join(folder, `${place}-${basename(whole)}${ENDING}`)];
}

export function isCacheName(name: string): boolean {
  return name.endsWith(ENDING);
}

function wholePath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
