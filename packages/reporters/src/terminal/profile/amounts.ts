import type { ProfileAmount, ProfileSummary } from '@heaptrail/core';
import { formatBytes, formatCount, formatShare } from '../../bytes.ts';
import type { Cell, Column } from '../table.ts';

/** What one of the counts of a profile is. */
export function countNoun({ basis }: ProfileSummary): string {
  return basis === 'sampled' ? 'sample' : 'allocation';
}

export function plural(value: number, noun: string): string {
  return `${formatCount(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** Bytes, share, and how sure they are. */
export function amountColumns({ basis, counts }: ProfileSummary): Column[] {
  const columns: Column[] = [
    { title: 'bytes', align: 'right' },
    { title: 'share', align: 'right' },
  ];
  if (counts === null) return columns;
  if (basis === 'counted') return [...columns, { title: 'allocations', align: 'right' }];
  return [...columns, { title: '±', align: 'right' }, { title: 'samples', align: 'right' }];
}

export function amountCells(amount: ProfileAmount, { basis, counts, totalBytes }: ProfileSummary): Cell[] {
  const cells: Cell[] = [{ text: formatBytes(amount.bytes) }, { text: formatShare(amount.bytes, totalBytes) }];
  if (counts === null) return cells;
  if (basis === 'sampled') cells.push({ text: errorText(amount) ?? '', style: 'faint' });
  return [...cells, { text: formatCount(amount.counts ?? 0) }];
}

/** `24 %`: half of the interval that holds in 19 cases of 20. */
export function errorText({ error }: ProfileAmount): string | undefined {
  return error === null ? undefined : formatShare(error, 1);
}
