import type { HeapSummary } from '@heaptrail/core';
import { escapeControlsDeep } from '../../escape-controls.ts';
import { paintAnsi, paintNothing } from '../ansi.ts';
import { Page } from '../page.ts';
import { heapHead } from './heap-head.ts';

export interface HeapLook {
  readonly color: boolean;
  /** Columns. */
  readonly width: number;
  /** Folder of the reader: files in it are named from there on. */
  readonly baseDir?: string;
}

/** A page that begins with what the heap file is. */
export function heapPage(heap: HeapSummary, { color, width }: HeapLook): Page {
  const page = new Page(width, color ? paintAnsi : paintNothing);
  heapHead(escapeControlsDeep(heap), page);
  return page;
}
