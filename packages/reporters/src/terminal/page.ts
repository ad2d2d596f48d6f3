import type { Paint } from './ansi.ts';
import { flow, type Word } from './flow.ts';
import { tableLines, type Cell, type Column } from './table.ts';

const LABEL_COLUMNS = 14;
/** Below this, a column for labels leaves too little for paths: labels get lines of their own. */
const NARROW = 56;

/** The lines of a report while they are made. */
export class Page {
  readonly #lines: string[] = [];
  readonly #width: number;
  readonly #paint: Paint;

  constructor(width: number, paint: Paint) {
    this.#width = Math.max(20, width);
    this.#paint = paint;
  }

  paragraph(content: readonly Word[]): void {
    this.#lines.push(...flow(content, { width: this.#width, lead: '', indent: 0, paint: this.#paint }));
  }

  /** `  label       content`, with the content in a column of its own. */
  field(label: string, content: readonly Word[], markNote?: string): void {
    const note = markNote === undefined ? {} : { markNote };
    if (this.#width < NARROW) {
      if (label !== '') this.#lines.push(`  ${this.#paint(label, 'label')}`);
      this.#lines.push(...flow(content, { width: this.#width, lead: '', indent: 4, paint: this.#paint, ...note }));
    } else {
      this.#lines.push(...flow(content, { width: this.#width, lead: `  ${label}`, indent: LABEL_COLUMNS, paint: this.#paint, ...note }));
    }
  }

  /** A titled tree: one entry a line, indented by its depth (from 1); long ones are broken. */
  lines(title: string, entries: readonly { readonly depth: number; readonly content: readonly Word[] }[]): void {
    if (entries.length === 0) return;
    this.#lines.push(`  ${this.#paint(title, 'label')}`);
    for (const { depth, content } of entries) {
      const indent = Math.min(2 + depth * 2, Math.floor(this.#width / 2));
      this.#lines.push(...flow(content, { width: this.#width, lead: '', indent, paint: this.#paint }));
    }
  }

  table(columns: readonly Column[], rows: readonly (readonly Cell[])[]): void {
    this.#lines.push(...tableLines(columns, rows, this.#width, this.#paint));
  }

  blank(): void {
    if (this.#lines.length > 0 && this.#lines.at(-1) !== '') this.#lines.push('');
  }

  toString(): string {
    return `${this.#lines.join('\n')}\n`;
  }
}
