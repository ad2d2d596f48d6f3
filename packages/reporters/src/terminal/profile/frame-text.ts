import type { ProfileFrame } from '@heaptrail/core';
import { displayWidth } from '../display-width.ts';
import { word, type Word } from '../flow.ts';

const INSTALLED = /^.*[/\\](?=node_modules[/\\])/;
/** In a table the end of a path matters, and the cell is cut at its end. */
const TABLE_COLUMNS = 44;
const FRAMES_SHOWN = 12;

/** `src/rows.ts:7`, `node:fs:460`, `built in`: where a frame is, seen from the reader's folder. */
export function placeText({ file, line }: ProfileFrame, baseDir: string | undefined): string {
  if (file === '') return 'built in';
  const base = baseDir === undefined || baseDir.endsWith('/') ? baseDir : `${baseDir}/`;
  const shown = base !== undefined && file.startsWith(base) ? file.slice(base.length) : file.replace(INSTALLED, '');
  return line === 0 ? shown : `${shown}:${line}`;
}

/** The same with folders left out in front until it is short: `…/src/rows.ts:7`. */
export function shortPlaceText(frame: ProfileFrame, baseDir: string | undefined): string {
  let text = placeText(frame, baseDir);
  while (displayWidth(text) > TABLE_COLUMNS) {
    const slash = text.replace(/^…\//, '  ').search(/[/\\]/);
    if (slash < 0) return text;
    text = `…/${text.slice(slash + 1)}`;
  }
  return text;
}

/** `src/rows.ts:7 in makeRow`; `push (built in)`. */
export function frameText(frame: ProfileFrame, baseDir: string | undefined): string {
  return frame.file === '' ? `${frame.function} (built in)` : `${placeText(frame, baseDir)} in ${frame.function}`;
}

/** A stack, innermost first. What the runtime has below the outermost frame of the program is only counted. */
export function stackWords(frames: readonly ProfileFrame[], moreFrames: number, baseDir: string | undefined): Word[] {
  const outermostOwn = frames.findLastIndex(({ library }) => !library);
  const shown = frames.slice(0, Math.min(FRAMES_SHOWN, outermostOwn < 0 ? FRAMES_SHOWN : outermostOwn + 1));
  const hidden = frames.length - shown.length + moreFrames;
  const words = shown.map((frame, at) => word(frameText(frame, baseDir), frame.library ? 'faint' : 'plain', at === 0 ? ' ' : ' ← '));
  return hidden === 0 ? words : [...words, word(`… ${hidden} more`, 'faint', ' ← ')];
}
