import type { Finding, Frame, Report } from '@heaptrail/core';

/** The report with files below `folder` named from there on: what a reader who stands in it would type. */
export function withRelativeFiles(report: Report, folder: string): Report {
  const base = folder.endsWith('/') ? folder : `${folder}/`;
  const relative = (frame: Frame): Frame => (frame.file.startsWith(base) ? { ...frame, file: frame.file.slice(base.length) } : frame);
  const findings = report.findings.map((finding): Finding => ({
    ...finding,
    allocated: finding.allocated.map(relative),
    sites: finding.sites.map((site) => ({ ...site, frames: site.frames.map(relative) })),
  }));
  return { ...report, findings };
}
