import { inflate, readSession } from '@heaptrail/capture';
import type { Report } from '@heaptrail/core';

export interface Analysis {
  readonly report: Report;
  /** `report.json`, whole. */
  readonly json: string;
}

/** The report of a session folder. Depends on the folder's content alone, so that `run` and `analyze` write the same bytes. The engine is loaded here and not before: starting is quick without it. */
export async function analyseFolder(folder: string): Promise<Analysis> {
  const [{ analyseSession }, { renderJson }] = await Promise.all([import('@heaptrail/core'), import('@heaptrail/reporters')]);
  const report = await analyseSession(await readSession(folder), inflate);
  return { report, json: renderJson(report) };
}
