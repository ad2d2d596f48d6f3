import type { Account, Finding, Series } from '../report/index.ts';
import type { AgentSample, SessionProcess } from './session.ts';

/**
 * How much of the process's growth the findings explain. The growth is that of the resident size, where it is known to grow.
 * A part of it may be our own doing: tables of traced allocations grow with whatever stays alive.
 */
export function accountOf(findings: readonly Finding[], series: readonly Series[], tracingBytesPerSecond = 0): Account {
  const resident = series.find((entry) => entry.metric === 'rssBytes');
  const growth = resident?.verdict === 'growing' ? resident.slopePerSecond : null;
  const explained = findings
    .filter((finding) => finding.growth.bytesPerSecond > 0)
    .map(({ fingerprint, growth: { bytesPerSecond } }) => ({ fingerprint, bytesPerSecond }));
  const sum = explained.reduce((total, each) => total + each.bytesPerSecond, 0);
  const tracing = Math.round(tracingBytesPerSecond);
  return {
    growthBytesPerSecond: growth === null ? null : Math.round(growth),
    explained,
    ...(tracing > 0 ? { tracingBytesPerSecond: tracing } : {}),
    restBytesPerSecond: growth === null ? null : Math.round(growth - tracing - sum),
  };
}

/** Growth of the tables that heaptrail keeps of traced allocations, from `fromMs` on. 0 where the program itself started the tracing. */
export function tracingGrowth({ samples, foreignTracing }: Pick<SessionProcess, 'samples' | 'foreignTracing'>, fromMs: number): number {
  const after = samples.filter(({ atMs }) => atMs >= fromMs);
  const [first] = after;
  const last = after.at(-1);
  if (foreignTracing || first === undefined || last === undefined || last.atMs <= first.atMs) return 0;
  return Math.max(0, (1000 * (tablesOf(last) - tablesOf(first))) / (last.atMs - first.atMs));
}

function tablesOf({ tracing, tracingBytes }: AgentSample): number {
  return tracing ? (tracingBytes ?? 0) : 0;
}
