import { parseReport, type Report } from '@heaptrail/core';
import { escapeControls } from '../escape-controls.ts';

/**
 * `report.json`: two spaces, keys in the order of the schema whatever order they were made in, a newline at the end. The report
 * is held against its own schema first; throws a ZodError rather than write one that no reader could rely on.
 */
export function renderJson(report: Report): string {
  // JSON leaves C1 controls and bidirectional marks as they are; they occur only inside strings, where an escape means the same.
  return JSON.stringify(parseReport(report), null, 2).split('\n').map(escapeControls).join('\n').concat('\n');
}
