import type { ProfileDocument } from '@heaptrail/core';
import { escapeControls } from '../escape-controls.ts';

/** An answer as `--json` gives it: two spaces, a newline at the end, and nothing that a terminal would obey. */
export function renderProfileJson(document: ProfileDocument): string {
  // JSON leaves C1 controls and bidirectional marks as they are; they occur only inside strings, where an escape means the same.
  return JSON.stringify(document, null, 2).split('\n').map(escapeControls).join('\n').concat('\n');
}
