import type { HeapSummary, HistogramAnswer } from '@heaptrail/core';
import { formatBytes, formatCount, formatShare } from '../../bytes.ts';
import { escapeControlsDeep } from '../../escape-controls.ts';
import { words } from '../flow.ts';
import type { Page } from '../page.ts';
import { heapPage, type HeapLook } from './heap-page.ts';

/** `heaptrail histogram`: the types of a heap. */
export function renderHistogram(heap: HeapSummary, answer: HistogramAnswer, look: HeapLook): string {
  const page = heapPage(heap, look);
  page.blank();
  histogramTable(heap, escapeControlsDeep(answer), page);
  return page.toString();
}

export function histogramTable(heap: HeapSummary, { rows, rest }: HistogramAnswer, page: Page): void {
  const hasUnheld = rows.some(({ unheldObjects }) => unheldObjects > 0);
  page.table(
    [
      { title: 'retained', align: 'right' },
      { title: 'share', align: 'right' },
      { title: 'shallow', align: 'right' },
      { title: 'objects', align: 'right' },
      ...(hasUnheld ? [{ title: 'of these garbage', align: 'right' as const }] : []),
      { title: 'type', align: 'left' },
    ],
    rows.map(({ type, objects, shallowBytes, retainedBytes, unheldObjects }) => [
      { text: formatBytes(retainedBytes) },
      { text: formatShare(retainedBytes, heap.heldBytes) },
      { text: formatBytes(shallowBytes) },
      { text: formatCount(objects) },
      ...(hasUnheld ? [{ text: unheldObjects === 0 ? '' : formatCount(unheldObjects) }] : []),
      { text: type, style: 'strong' as const },
    ]),
  );
  if (rest.types === 0) return;
  page.paragraph(
    words(
      `… and ${formatCount(rest.types)} more types, ${formatCount(rest.objects)} objects, ${formatBytes(rest.shallowBytes)} shallow; --limit shows more`,
      'doubt',
    ),
  );
}
