import type { Inflate } from '../formats/cpython-dump/index.ts';
import type { Report } from '../report/index.ts';
import { analyseProcess } from './analyse-process.ts';
import { emptyReport } from './empty-report.ts';
import { inOrderOfInterest } from './lead-process.ts';
import type { Session } from './session.ts';

/**
 * A session's report: the same session gives the same report, byte for byte. Dumps are read one after the other, so that no
 * more than one heap is in memory. `inflate` decodes zlib (core has no input or output of its own).
 */
export async function analyseSession(session: Session, inflate: Inflate): Promise<Report> {
  const reports: Report[] = [];
  for (const process of inOrderOfInterest(session)) reports.push(await analyseProcess(session, process, inflate));
  const [lead, ...others] = reports;
  return lead === undefined ? emptyReport(session) : { ...lead, processes: others };
}
