import type { DominatorCell, DominatorsAnswer, HeapSummary, ObjectView } from '@heaptrail/core';
import { formatBytes, formatCount, formatShare } from '../../bytes.ts';
import { escapeControlsDeep } from '../../escape-controls.ts';
import { words } from '../flow.ts';
import type { Page } from '../page.ts';
import type { Cell } from '../table.ts';
import { heapPage, type HeapLook } from './heap-page.ts';
import { objectText } from './object-words.ts';

/** `heaptrail dominators`: what keeps how much alive. */
export function renderDominators(heap: HeapSummary, answer: DominatorsAnswer, look: HeapLook): string {
  const page = heapPage(heap, look);
  page.blank();
  dominatorTable(escapeControlsDeep(answer), page);
  return page.toString();
}

export function dominatorTable({ root, cutByDepth, depth, leastShare }: DominatorsAnswer, page: Page): void {
  const rows: (readonly Cell[])[] = [];
  const add = (cell: DominatorCell, level: number): void => {
    const indent = '  '.repeat(level);
    if (cell.object !== null)
      rows.push(row(cell.retainedBytes, root, { text: indent + named(cell.object, cell.where), style: level === 0 ? 'strong' : 'plain' }));
    const below = cell.object === null ? level : level + 1;
    for (const child of cell.children) add(child, below);
    const { objects, bytes, types } = cell.rest;
    if (objects === 0) return;
    const names = types.map((each) => `${formatCount(each.objects)} ${each.type}`).join(', ');
    rows.push(
      row(bytes, root, {
        text: `${'  '.repeat(below)}${formatCount(objects)} smaller: ${names}${types.length < objects ? ' …' : ''}`,
        style: 'faint',
      }),
    );
  };
  add(root, 0);
  page.table(
    [
      { title: 'retained', align: 'right' },
      { title: 'share', align: 'right' },
      { title: 'object', align: 'left' },
    ],
    rows,
  );
  if (cutByDepth > 0)
    page.paragraph(
      words(
        `CUT at depth ${depth}: ${formatCount(cutByDepth)} more objects with at least ${formatShare(leastShare, 1)}; ` +
          `--depth ${depth + 2} or "heaptrail dominators FILE n-…" goes on`,
        'doubt',
      ),
    );
}

function row(bytes: number, root: DominatorCell, object: Cell): readonly Cell[] {
  return [{ text: formatBytes(bytes) }, { text: formatShare(bytes, root.retainedBytes) }, object];
}

/** The object and, where that says more than its type, how it is found. */
function named(object: ObjectView, where: string | null): string {
  return where === null ? objectText(object) : `${objectText(object)}  ${where}`;
}
