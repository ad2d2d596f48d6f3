import type { SessionEvent } from '@heaptrail/core';

/** The event for whole lines of a session file that hold no JSON object. */
export function linesUnreadable(atMs: number, file: string, lines: number): SessionEvent {
  return { atMs, code: 'HEAPTRAIL_LINES_UNREADABLE', text: `${lines} line${lines === 1 ? '' : 's'} of ${file} left out: not whole` };
}
