import type { HeapSummary } from '@heaptrail/core';
import { formatBytes, formatCount } from '../../bytes.ts';
import { word, words } from '../flow.ts';
import type { Page } from '../page.ts';

/** First lines of every answer about a heap file: what it is, how much it holds, what it cannot tell. */
export function heapHead(heap: HeapSummary, page: Page): void {
  const runtime = heap.runtime.version === null ? heap.runtime.name : `${heap.runtime.name} ${heap.runtime.version}`;
  const garbage = heap.garbage === null || heap.garbage.objects === 0 ? '' : `, ${formatBytes(heap.garbage.bytes)} garbage`;
  page.paragraph([
    word(heap.file, 'strong'),
    word(`${runtime}, file ${formatBytes(heap.fileBytes)}`, 'plain', '   '),
    word(`${formatCount(heap.objects)} objects, ${formatBytes(heap.heldBytes)} held${garbage}`, 'plain', '   '),
  ]);
  if (!heap.whole)
    page.paragraph([word('INCOMPLETE', 'doubt'), ...words('the file does not hold the whole heap: figures below are of what it holds')]);
  for (const gap of heap.gaps) page.paragraph(words(gap, 'faint'));
}
