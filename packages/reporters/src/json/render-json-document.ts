import { escapeControls } from '../escape-controls.ts';

/**
 * A document as `--json` gives it: two spaces, a newline at the end, and nothing in it that a terminal would obey. What JSON cannot say
 * (`undefined` as a whole) is no document.
 */
export function renderJsonDocument(document: object): string {
  // JSON leaves C1 controls and bidirectional marks as they are; they occur only inside strings, where an escape means the same.
  return JSON.stringify(document, null, 2).split('\n').map(escapeControls).join('\n').concat('\n');
}
