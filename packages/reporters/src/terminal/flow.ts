import type { Paint, Style } from './ansi.ts';
import { displayWidth, splitAtWidth } from './display-width.ts';

/** A piece that is kept on one line where it can be. */
export interface Word {
  readonly text: string;
  readonly style: Style;
  /** What stands between it and the word before, on the same line. Its visible part leads the next line when the line breaks here. */
  readonly gap: string;
  /** To be underlined on a line below. */
  readonly marked: boolean;
}

export interface FlowOptions {
  readonly width: number;
  /** What stands before the first line; as wide as the indent. */
  readonly lead: string;
  readonly indent: number;
  readonly paint: Paint;
  /** Said after the last underline. */
  readonly markNote?: string;
}

interface PlacedWord {
  readonly text: string;
  readonly style: Style;
  readonly marked: boolean;
  readonly column: number;
}

/** Plain text as words, split at spaces. */
export function words(text: string, style: Style = 'plain'): Word[] {
  return text
    .split(' ')
    .filter((part) => part !== '')
    .map((part) => ({ text: part, style, gap: ' ', marked: false }));
}

/** One word that is not broken at its spaces. */
export function word(text: string, style: Style = 'plain', gap = ' ', marked = false): Word {
  return { text, style, gap, marked };
}

/** Lines of at most `width` columns; below each line with marked words, a line that underlines them. */
export function flow(content: readonly Word[], options: FlowOptions): string[] {
  const rows = place(content, options.indent, options.width);
  const lastMarked = rows.findLastIndex((row) => row.some((placed) => placed.marked));
  return rows.flatMap((row, at) => {
    const line = paintRow(row, at === 0 ? options.lead : ' '.repeat(options.indent), options);
    if (!row.some((placed) => placed.marked)) return [line];
    return [line, ...underline(row, at === lastMarked ? options.markNote : undefined, options)];
  });
}

function place(content: readonly Word[], indent: number, width: number): PlacedWord[][] {
  const rows: PlacedWord[][] = [[]];
  let column = indent;
  const put = (text: string, style: Style, marked: boolean) => {
    if (text === '') return;
    rows.at(-1)?.push({ text, style, marked, column });
    column += displayWidth(text);
  };
  for (const { text, style, gap, marked } of content) {
    const isFirst = rows.length === 1 && rows[0]?.length === 0;
    if (!isFirst && column + displayWidth(gap) + displayWidth(text) > width) {
      rows.push([]);
      column = indent;
      put(gap.trimStart(), 'faint', false);
    } else if (!isFirst) {
      put(gap, 'faint', false);
    }
    let rest = text;
    while (column + displayWidth(rest) > width && displayWidth(rest) > 1) {
      const [head, tail] = splitAtWidth(rest, Math.max(1, width - column));
      if (tail === '') break;
      put(head, style, marked);
      rows.push([]);
      column = indent;
      rest = tail.trimStart();
    }
    put(rest, style, marked);
  }
  return rows;
}

function paintRow(row: readonly PlacedWord[], lead: string, { paint, indent }: FlowOptions): string {
  const body = row.map(({ text, style }) => paint(text, style)).join('');
  return `${paint(lead.padEnd(indent), 'label')}${body}`.trimEnd();
}

function underline(row: readonly PlacedWord[], note: string | undefined, { paint, indent, width }: FlowOptions): string[] {
  let line = '';
  for (const { text, marked, column } of row) {
    if (marked) line = line.padEnd(column) + '~'.repeat(displayWidth(text));
  }
  const marks = line.trimStart();
  const start = line.slice(0, line.length - marks.length);
  const underlined = `${start}${paint(marks, 'suspect')}`;
  if (note === undefined) return [underlined];
  if (line.length + 1 + displayWidth(note) <= width) return [`${underlined} ${paint(note, 'faint')}`];
  return [underlined, ...flow(words(note, 'faint'), { width, lead: '', indent, paint })];
}
