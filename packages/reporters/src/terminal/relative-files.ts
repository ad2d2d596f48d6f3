import type { Finding, Frame, Report } from '@heaptrail/core';

/** The report with files below `folder` named from there on: what a reader who stands in it would type. */
export function withRelativeFiles(report: Report, folder: string): Report {
  const relative = relativeTo(folder);
  const findings = report.findings.map((finding): Finding => ({
    ...finding,
    allocated: finding.allocated.map(relative),
    sites: finding.sites.map((site) => ({ ...site, frames: site.frames.map(relative) })),
  }));
  return { ...report, findings };
}

/** A frame whose file lies below `folder`, named from there on. */
export function relativeTo(folder: string | undefined): (frame: Frame) => Frame {
  if (folder === undefined) return (frame) => frame;
  const base = folder.endsWith('/') ? folder : `${folder}/`;
  return (frame) => (frame.file.startsWith(base) ? { ...frame, file: frame.file.slice(base.length) } : frame);
}
