import { isatty } from 'node:tty';
import { terminalWidth } from './terminal.ts';
import { writeAll } from './write-all.ts';

const CLEAR = '\r\x1b[2K';

/** One line on standard error that says which of the runs is under way; nothing where that is no terminal. */
export class TrialLine {
  readonly #isDrawn = isatty(2);
  readonly #rounds: number;
  readonly #startedMs = performance.now();

  constructor(rounds: number) {
    this.#rounds = rounds;
  }

  readonly tell = (round: number, setting: string): void => {
    if (!this.#isDrawn) return;
    const seconds = Math.round((performance.now() - this.#startedMs) / 1000);
    const what = round === 0 ? 'a run to warm up' : `round ${round} of ${this.#rounds}, ${setting}`;
    writeAll(2, `${CLEAR}${`heaptrail  ${what}  ${seconds} s`.slice(0, terminalWidth(2) - 1)}`);
  };

  clear(): void {
    if (this.#isDrawn) writeAll(2, CLEAR);
  }
}
