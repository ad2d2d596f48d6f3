import { isatty } from 'node:tty';
import type { Progress, ProgressStep } from '@heaptrail/core';
import { terminalWidth } from './terminal.ts';
import { writeAll } from './write-all.ts';

/** What takes less is not worth a line. */
const QUIET_MS = 2000;
const EVERY_MS = 100;
const CLEAR = '\r\x1b[2K';

const WORDS: Readonly<Record<ProgressStep['step'], string>> = {
  unpacking: 'unpacking the file',
  reading: 'reading the file',
  sizes: 'adding up sizes',
  references: 'following references',
  dominators: 'finding dominators',
  'retained sizes': 'adding up retained sizes',
  distances: 'counting distances',
  components: 'looking for cycles',
  histogram: 'counting types',
  paths: 'looking for retaining paths',
  difference: 'comparing',
};

/** One line on standard error that says what long work is at; nothing where that is no terminal, or where the work is short. */
export class ProgressLine {
  readonly #startedMs = performance.now();
  readonly #interactive = isatty(2);
  #drawnMs = 0;
  #isDrawn = false;

  readonly tell: Progress = ({ step, done, total }) => {
    const nowMs = performance.now();
    if (!this.#interactive || nowMs - this.#startedMs < QUIET_MS || nowMs - this.#drawnMs < EVERY_MS) return;
    this.#drawnMs = nowMs;
    this.#isDrawn = true;
    const share = done > 0 && total > 0 ? `  ${Math.floor((done / total) * 100)} %` : '';
    const seconds = Math.round((nowMs - this.#startedMs) / 1000);
    writeAll(2, `${CLEAR}${`heaptrail  ${WORDS[step]}${share}  ${seconds} s`.slice(0, terminalWidth(2) - 1)}`);
  };

  clear(): void {
    if (this.#isDrawn) writeAll(2, CLEAR);
    this.#isDrawn = false;
  }
}
