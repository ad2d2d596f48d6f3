import type { Frame } from '@heaptrail/core';
import type { Word } from '../flow.ts';
import { frameWords } from '../frames.ts';
import { relativeTo } from '../relative-files.ts';

/** An allocation site, innermost frame first; files below the reader's folder are named from there on. */
export function allocatedWords(frames: readonly Frame[], baseDir: string | undefined): Word[] {
  const relative = relativeTo(baseDir);
  return frames.flatMap((frame, at) => frameWords(relative(frame), at === 0 ? 'strong' : 'plain', at === 0 ? ' ' : ' ← '));
}
