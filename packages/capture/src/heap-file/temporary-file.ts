import { randomBytes } from 'node:crypto';
import { openSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A file without a name, readable by nobody else: its space is free again as soon as the descriptor is closed, however
 * the process ends. A heap is a secret, and its copy must not outlive who asked for it.
 */
export function openNamelessFile(folder: string): number {
  const path = join(folder, `heaptrail-unpacked-${randomBytes(8).toString('hex')}`);
  const fd = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  return fd;
}
