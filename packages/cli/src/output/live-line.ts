import type { Run } from '@heaptrail/capture';
import type { renderLiveLine } from '@heaptrail/reporters';
import { liveStatus } from './live-status.ts';
import { terminalWidth } from './terminal.ts';
import { writeAll } from './write-all.ts';

const EVERY_MS = 500;
const CLEAR = '\r\x1b[2K';

/** One line at the bottom of standard error, kept up to date until `stop`; `print` puts a lasting line above it. Only for a terminal. */
export class LiveLine {
  readonly #run: Run;
  readonly #render: typeof renderLiveLine;
  readonly #timer: NodeJS.Timeout;
  #stopped = false;

  constructor(run: Run, render: typeof renderLiveLine) {
    this.#run = run;
    this.#render = render;
    this.#timer = setInterval(() => this.#draw(), EVERY_MS);
  }

  print(line: string): void {
    if (!this.#stopped) writeAll(2, `${CLEAR}${line}\n`);
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    clearInterval(this.#timer);
    writeAll(2, CLEAR);
  }

  #draw(): void {
    const status = liveStatus(this.#run.status());
    const width = terminalWidth(2) - 1;
    const text = status === undefined ? 'heaptrail  waiting for a Python process' : this.#render(status, { width });
    writeAll(2, `${CLEAR}${text}`);
  }
}
