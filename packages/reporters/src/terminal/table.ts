import type { Paint, Style } from './ansi.ts';
import { displayWidth, splitAtWidth } from './display-width.ts';

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

export interface Cell {
  readonly text: string;
  readonly style?: Style;
}

const GAP = '  ';

/** Lines of a table: columns as wide as their widest cell, the last one cut (with …) to what the width leaves. */
export function tableLines(columns: readonly Column[], rows: readonly (readonly Cell[])[], width: number, paint: Paint): string[] {
  const widths = columns.map(({ title }, at) => Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[at]?.text ?? ''))));
  const before = widths.slice(0, -1).reduce((sum, each) => sum + each + GAP.length, 0);
  const last = columns.length - 1;
  widths[last] = Math.max(8, Math.min(widths[last] ?? 0, width - before));
  const head = columns.map(({ title }) => ({ text: title, style: 'label' as const }));
  return [head, ...rows].map((row) =>
    columns
      .map(({ align }, at) => cellText(row[at] ?? { text: '' }, widths[at] ?? 0, align, paint))
      .join(GAP)
      .trimEnd(),
  );
}

function cellText({ text, style = 'plain' }: Cell, width: number, align: Column['align'], paint: Paint): string {
  const fitting = displayWidth(text) <= width ? text : `${splitAtWidth(text, width - 1)[0]}…`;
  const space = ' '.repeat(Math.max(0, width - displayWidth(fitting)));
  return align === 'right' ? space + paint(fitting, style) : paint(fitting, style) + space;
}
