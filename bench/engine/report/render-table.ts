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
  const lines = [HEADINGS, ...cells];
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
