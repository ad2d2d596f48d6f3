import type { Frame } from '@heaptrail/core';
import type { Style } from './ansi.ts';
import { word, type Word } from './flow.ts';

const INSTALLED = /^(?:.*\/)?(?:site|dist)-packages\//;
const STANDARD_LIBRARY = /^(?:.*\/)?lib\/python\d+\.\d+\//;

/**
 * `package/module.py:182 in function`: where a package is installed says nothing, so only what follows is shown. What has no file is built
 * into the runtime.
 */
export function frameWords({ function: name, file, line }: Frame, style: Style, gap: string): Word[] {
  if (file === '') return [word(name, style, gap), word('(built in)', style)];
  return [word(line === 0 ? fileText(file) : `${fileText(file)}:${line}`, style, gap), word(`in ${name}`, style)];
}

export function fileText(file: string): string {
  return file.replace(INSTALLED, '').replace(STANDARD_LIBRARY, '');
}
