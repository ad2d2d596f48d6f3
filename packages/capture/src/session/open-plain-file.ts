import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

/** Opens a file of a session folder for reading: a plain file only (no link out of the folder, no pipe that blocks), and no larger than the limit. */
export async function openPlainFile(path: string, maxBytes: number): Promise<{ handle: FileHandle; sizeBytes: number }> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new Error('not a plain file');
    if (stat.size > maxBytes) throw new Error(`${stat.size} bytes, and at most ${maxBytes} are read`);
    return { handle, sizeBytes: stat.size };
  } catch (error) {
    await handle.close();
    throw error;
  }
}
