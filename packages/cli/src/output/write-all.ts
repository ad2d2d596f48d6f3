import { writeSync } from 'node:fs';

const RETRY_MS = 5;
const GIVE_UP_MS = 10_000;

/**
 * Writes to a standard stream without Node's stream objects: those would make a pipe non-blocking, and the command shares it.
 * A reader that went away is no error; one that does not read is waited for, but not for ever.
 */
export function writeAll(fd: 1 | 2, text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  let waitedMs = 0;
  while (written < bytes.length && waitedMs < GIVE_UP_MS) {
    try {
      written += writeSync(fd, bytes, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
      waitedMs += RETRY_MS;
    }
  }
}
