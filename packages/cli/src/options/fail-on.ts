import { Option } from 'commander';
import type { Report } from '@heaptrail/core';

export type FailOn = 'leak' | 'suspicion';

/** The exit code of a judged report. */
export const LEAK_EXIT_CODE = 3;

export function failOnOption(): Option {
  return new Option('--fail-on <what>', `exit with ${LEAK_EXIT_CODE} when the report has a leak, or also when it has a suspicion`).choices([
    'leak',
    'suspicion',
  ]);
}

/** Whether a report, or that of any process of its tree, holds what the user wants to fail on. */
export function fails(report: Report, failOn: FailOn | undefined): boolean {
  if (failOn === undefined) return false;
  const reports = [report, ...(report.processes as readonly Pick<Report, 'findings'>[])];
  return reports.some((one) =>
    one.findings.some((finding) => finding.kind === 'leak' || (failOn === 'suspicion' && finding.kind === 'suspicion')),
  );
}
