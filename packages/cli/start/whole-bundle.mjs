import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Lists the files of a bundle with their sizes; the last file that is written. Its time of change is when the bundle was last in use. */
export const CONTENTS = 'contents.json';

/**
 * Whether all files of a bundle are there in the length in which they were written. They reached the disk before the bundle got its name,
 * so a length that fits is a file that fits.
 *
 * @param {string} folder
 * @returns {boolean}
 */
export function isWhole(folder) {
  try {
    const sizes = JSON.parse(readFileSync(join(folder, CONTENTS), 'utf8'));
    return Object.entries(sizes).every(([name, size]) => statSync(join(folder, name)).size === size);
  } catch {
    return false;
  }
}
