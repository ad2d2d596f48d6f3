import { inflate, readSession } from '@heaptrail/capture';
import { analyseSession, type Report } from '@heaptrail/core';
import { renderJson } from '@heaptrail/reporters';

export interface Analysis {
  readonly report: Report;
  /** `report.json`, whole. */
  readonly json: string;
}

/** The report of a session folder. Depends on the folder's content alone, so that `run` and `analyze` write the same bytes. */
export async function analyseFolder(folder: string): Promise<Analysis> {
  const report = await analyseSession(await readSession(folder), inflate);
  return { report, json: renderJson(report) };
}
