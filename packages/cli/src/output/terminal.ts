import { isatty } from 'node:tty';

const PLAIN_WIDTH = 120;

/** How a face may look on a standard stream. */
export interface TerminalLook {
  readonly interactive: boolean;
  readonly color: boolean;
  readonly width: number;
}

export function terminalLook(fd: 1 | 2, color: boolean): TerminalLook {
  if (!isatty(fd)) return { interactive: false, color: false, width: PLAIN_WIDTH };
  const plain = !color || (process.env.NO_COLOR ?? '') !== '' || process.env.TERM === 'dumb';
  return { interactive: true, color: !plain, width: terminalWidth(fd) };
}

/**
 * Asked again for every live line: windows change. Only for a terminal: there Node's stream opens the terminal anew and leaves the
 * command's descriptor alone, which it would not do with a pipe.
 */
export function terminalWidth(fd: 1 | 2): number {
  const { columns } = fd === 1 ? process.stdout : process.stderr;
  return columns > 0 ? columns : PLAIN_WIDTH;
}
