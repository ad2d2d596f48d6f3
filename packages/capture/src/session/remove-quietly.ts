import { rmSync } from 'node:fs';

/** Removes a file or folder that nobody needs any more. When that fails it stays, which harms nobody. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // A file system that became read-only, or lost its permission.
  }
}
