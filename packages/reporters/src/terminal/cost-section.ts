import type { Report } from '@heaptrail/core';
import { formatBytes } from '../bytes.ts';
import { formatDuration } from '../duration.ts';
import { words } from './flow.ts';
import type { Page } from './page.ts';

/** What looking has cost the program, and what was done in a lesser way. */
export function costSection({ cost, dumps }: Report, page: Page): void {
  const parts = [dumpsText(cost, dumps), `${cost.samples} samples`];
  if (cost.dropped > 0) parts.push(`${cost.dropped} dropped`);
  if (cost.agentCpuMs !== undefined) parts.push(`agent ${formatDuration(cost.agentCpuMs)} of CPU`);
  const { tracing } = cost;
  if (tracing !== undefined && tracing !== null) {
    const by = tracing.startedBy === 'program' ? ' (started by the program)' : '';
    const overhead = tracing.overheadBytes === null ? '' : `, ${formatBytes(tracing.overheadBytes)} for its tables`;
    parts.push(`allocations traced for ${formatDuration(tracing.seconds * 1000)}${by}${overhead}`);
  }
  page.paragraph(words(`Cost: ${parts.join('; ')}.`, 'faint'));
  for (const text of cost.degraded) page.paragraph(words(`Degraded: ${text}`, 'doubt'));
}

function dumpsText({ pauseMs, dumps: taken }: Report['cost'], dumps: Report['dumps']): string {
  const counted = dumps.filter((dump) => dump.counted).length;
  const left = dumps.length > 0 && counted < dumps.length ? `, ${counted} of them counted` : '';
  const noun = taken === 1 ? 'dump' : 'dumps';
  if (pauseMs.length === 0) return `${taken} ${noun}${left}`;
  const low = Math.min(...pauseMs).toFixed(1);
  const high = Math.max(...pauseMs).toFixed(1);
  return `${taken} ${noun}${left}, paused ${low === high ? low : `${low} to ${high}`} ms each`;
}
