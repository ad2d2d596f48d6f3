import { parseReport, type Report } from '@heaptrail/core';
import { renderJsonDocument } from './render-json-document.ts';

/**
 * `report.json`: keys in the order of the schema whatever order they were made in. The report is held against its own schema
 * first; throws a ZodError rather than write one that no reader could rely on.
 */
export function renderJson(report: Report): string {
  return renderJsonDocument(parseReport(report));
}
