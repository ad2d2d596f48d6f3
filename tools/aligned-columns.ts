/**
 * Lines of text whose cells stand below each other, each column as wide as its widest cell. To the left, or to the right from column
 * `rightFrom` on. Tables for a terminal of our own tools; the product's faces have `packages/reporters`.
 */
export function alignedColumns(rows: readonly (readonly string[])[], rightFrom = Infinity): string[] {
  const widths = columnWidths(rows);
  return rows.map((row) =>
    row
      .map((cell, column) => (column < rightFrom ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join('  ')
      .trimEnd(),
  );
}

/** In letters; a row may be shorter than others. */
export function columnWidths(rows: readonly (readonly string[])[]): number[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  return widths;
}
