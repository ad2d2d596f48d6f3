import type { Account, Finding, Series } from '../report/index.ts';

/** How much of the process's growth the findings explain. The growth is that of the resident size, where it is known to grow. */
export function accountOf(findings: readonly Finding[], series: readonly Series[]): Account {
  const resident = series.find((entry) => entry.metric === 'rssBytes');
  const growth = resident?.verdict === 'growing' ? resident.slopePerSecond : null;
  const explained = findings
    .filter((finding) => finding.growth.bytesPerSecond > 0)
    .map(({ fingerprint, growth: { bytesPerSecond } }) => ({ fingerprint, bytesPerSecond }));
  const sum = explained.reduce((total, each) => total + each.bytesPerSecond, 0);
  return {
    growthBytesPerSecond: growth === null ? null : Math.round(growth),
    explained,
    restBytesPerSecond: growth === null ? null : Math.round(growth - sum),
  };
}
