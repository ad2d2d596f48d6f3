import { writeSync } from 'node:fs';
import { reasonOf } from '@heaptrail/capture';

const RETRY_MS = 5;
const GIVE_UP_MS = 10_000;

/**
 * Writes to a standard stream without Node's stream objects: those would make a pipe non-blocking, and the command shares it.
 * A reader that went away is no error; one that does not read is waited for, but not for ever. Gives why not all was written.
 */
export function writeAll(fd: 1 | 2, text: string): string | undefined {
  const bytes = Buffer.from(text);
  let written = 0;
  let waitedMs = 0;
  while (written < bytes.length) {
    if (waitedMs >= GIVE_UP_MS) return 'nobody reads it';
    try {
      written += writeSync(fd, bytes, written);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EAGAIN') return code === 'EPIPE' ? undefined : reasonOf(error);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
      waitedMs += RETRY_MS;
    }
  }
  return undefined;
}
