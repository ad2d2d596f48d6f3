import type { RunStatus } from '@heaptrail/capture';
import { escapeControls } from '@heaptrail/reporters';

/** The progress line for one heap dump. */
export function dumpLine(status: RunStatus, ok: boolean): string {
  const { process } = status;
  if (process === undefined) return '';
  const number = ok ? `${process.dumpsDone}` : 'failed';
  const of = ok && process.dumpsWanted !== undefined ? ` of ${process.dumpsWanted}` : '';
  const growing = process.topmostGrowing === undefined ? '' : `   growing: ${process.topmostGrowing}`;
  return escapeControls(`heaptrail  dump ${number}${of}  pid ${process.pid}${growing}`);
}
