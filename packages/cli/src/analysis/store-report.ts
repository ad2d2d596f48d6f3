import { reasonOf, ReportNotWrittenError, writeAtomically } from '@heaptrail/capture';

/** Writes a report to a file, whole or not at all. */
export function storeReport(path: string, json: string): void {
  try {
    writeAtomically(path, json);
  } catch (error) {
    throw new ReportNotWrittenError(path, reasonOf(error));
  }
}
