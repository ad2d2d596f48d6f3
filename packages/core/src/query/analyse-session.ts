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
  const [lead, ...others] = worstFirst(reports);
  return lead === undefined ? emptyReport(session) : { ...lead, processes: others };
}

/** Share of the longest life that a process must have lived to lead for what it leaks. */
const LONG_LIFE = 0.5;

/** A parent that waits and leaks nothing must not speak for workers that do: of the long-lived, the worst verdict leads. */
function worstFirst(reports: readonly Report[]): readonly Report[] {
  const longest = Math.max(...reports.map((report) => report.target.observedMs));
  const rank = ({ verdict, target }: Report): number => {
    if (target.observedMs < LONG_LIFE * longest) return 2;
    return verdict === 'leak' ? 0 : verdict === 'suspicion' ? 1 : 2;
  };
  return [...reports].sort((a, b) => rank(a) - rank(b));
}
