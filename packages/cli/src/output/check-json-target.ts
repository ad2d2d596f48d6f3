import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { HeapFileInTheWayError, reasonOf, titleOfFile } from '@heaptrail/capture';
import { heapFormats, profileFormats } from '@heaptrail/core';
import { JsonUnusableError } from './json-unusable-error.ts';

/** Throws when the file of --json (or of another option) could not be written later, or is a heap that would be lost; writes nothing. */
export function checkJsonTarget(file: string | undefined, option = '--json'): void {
  if (file === undefined || file === '-') return;
  try {
    accessSync(dirname(resolve(file)), constants.W_OK);
  } catch (error) {
    throw new JsonUnusableError(file, reasonOf(error), option);
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) throw new JsonUnusableError(file, 'it is a folder', option);
  const title = titleOfFile(file, [...heapFormats, ...profileFormats]);
  if (title !== undefined) throw new HeapFileInTheWayError(file, title, option);
}
