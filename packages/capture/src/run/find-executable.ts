import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { reasonOf } from '../errors/reason-of.ts';

export type Found =
  { readonly kind: 'found' } | { readonly kind: 'missing' } | { readonly kind: 'not-executable'; readonly reason: string };

/** What `execvp` would find, so that a wrong command is told apart before anything is written: 127 it does not exist, 126 it cannot be executed. */
export function findExecutable(name: string, searchPath: string | undefined): Found {
  if (name === '') return { kind: 'missing' };
  if (name.includes('/')) return look(name);
  let best: Found = { kind: 'missing' };
  for (const folder of (searchPath ?? '/usr/bin:/bin').split(delimiter)) {
    const found = look(join(folder === '' ? '.' : folder, name));
    if (found.kind === 'found') return found;
    if (found.kind === 'not-executable') best = found;
  }
  return best;
}

function look(path: string): Found {
  try {
    if (statSync(path).isDirectory()) return { kind: 'not-executable', reason: 'it is a folder' };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? { kind: 'missing' } : { kind: 'not-executable', reason: reasonOf(error) };
  }
  try {
    accessSync(path, constants.X_OK);
    return { kind: 'found' };
  } catch {
    return { kind: 'not-executable', reason: 'its file has no permission to execute' };
  }
}
