import { DumpUnreadableError } from '../errors/dump-unreadable-error.ts';
import { reasonOf } from '../errors/reason-of.ts';
import { openPlainFile } from './open-plain-file.ts';

/** Node reads no more into one buffer in one piece, and no analysis of a larger dump fits a desk machine. */
const MAX_DUMP_BYTES = 2 ** 31 - 1;

/** The bytes of one heap dump file. */
export async function readDump(path: string): Promise<Uint8Array> {
  try {
    const { handle, sizeBytes } = await openPlainFile(path, MAX_DUMP_BYTES);
    try {
      const bytes = new Uint8Array(sizeBytes);
      let filled = 0;
      while (filled < sizeBytes) {
        const { bytesRead } = await handle.read(bytes, filled, sizeBytes - filled, filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return filled === sizeBytes ? bytes : bytes.subarray(0, filled);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new DumpUnreadableError(path, reasonOf(error));
  }
}
