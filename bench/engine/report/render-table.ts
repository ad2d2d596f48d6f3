import { alignedColumns } from '../../../tools/aligned-columns.ts';
import type { EngineRow } from './engine-rows.ts';

const HEADINGS = ['what', 'ours', 'rival', 'figure', 'goal', 'met'];

export function renderTable(rows: readonly EngineRow[]): string {
  const cells = rows.map(({ what, ours, rival, figure, goal, met }) => [
    what,
    ours,
    rival,
    figure,
    goal,
    met === undefined ? '' : met ? 'yes' : 'NO',
  ]);
  return alignedColumns([HEADINGS, ...cells]).join('\n');
}
