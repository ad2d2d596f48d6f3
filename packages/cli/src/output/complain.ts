import { CaptureError } from '@heaptrail/capture';
import { writeAll } from './write-all.ts';

/** Tells of a failure on standard error: one sentence and its code when it was to be expected, the stack when it is a mistake of ours. */
export function complain(error: unknown): void {
  if (error instanceof CaptureError) writeAll(2, `heaptrail: ${error.message} [${error.code}]\n`);
  else writeAll(2, `heaptrail: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}
