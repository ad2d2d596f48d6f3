import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { codecOf } from './codecs.ts';
import type { Recognisable } from './recognise-format.ts';

const HEAD_BYTES = 4096;

/** What the file at `path` is, when it is one of `formats` or packed as such files are; undefined for others, and where there is none. */
export function titleOfFile(path: string, formats: readonly Recognisable[]): string | undefined {
  const head = headOf(path);
  if (head === undefined) return undefined;
  const codec = codecOf(head, path);
  return codec === undefined ? formats.find((format) => format.recognises(head))?.title : `file packed with ${codec.name}`;
}

function headOf(path: string): Uint8Array | undefined {
  let fd: number | undefined;
  try {
    // Without waiting: a pipe that nobody writes to would block for ever.
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    if (!fstatSync(fd).isFile()) return undefined;
    const head = new Uint8Array(HEAD_BYTES);
    const length = readSync(fd, head);
    return length === 0 ? undefined : head.subarray(0, length);
  } catch {
    // Nobody's file yet, or one that says nothing of itself: whoever writes there learns more.
    return undefined;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
