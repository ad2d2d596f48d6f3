import { alignedColumns } from '../tools/aligned-columns.ts';

/** One line of the table: what was measured, beside its goal. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: number;
}

export function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, unit, goal }) => [
    name,
    `${round(value)} ${unit}`,
    `<= ${goal} ${unit}`,
    value <= goal ? 'yes' : 'NO',
  ]);
  return alignedColumns([['figure', 'measured', 'goal', 'met'], ...rows]).join('\n');
}

function round(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 100) / 100;
}
