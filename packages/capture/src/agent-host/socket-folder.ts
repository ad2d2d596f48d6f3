import { lstatSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reasonOf } from '../errors/reason-of.ts';
import { SocketUnavailableError } from '../errors/socket-unavailable-error.ts';
import { removeQuietly } from '../session/remove-quietly.ts';

const NAME = /^heaptrail-(\d+)-[A-Za-z0-9]{6}$/;
/** `sun_path` holds 108 bytes with its final zero. */
const MAX_SOCKET_PATH_BYTES = 107;

/**
 * A private folder (mode 0700) for one socket. It is removed by `remove`, which must run at every exit; what a killed host left
 * behind goes at the next start.
 */
export class SocketFolder {
  readonly socketPath: string;
  readonly #folder: string;

  constructor() {
    const candidates = [...new Set([tmpdir(), '/tmp'])].filter((parent) => fits(parent));
    const parent = candidates[0] ?? '/tmp';
    sweep(parent);
    try {
      this.#folder = mkdtempSync(join(parent, `heaptrail-${process.pid}-`));
    } catch (error) {
      throw new SocketUnavailableError(join(parent, 'heaptrail-…'), reasonOf(error));
    }
    this.socketPath = join(this.#folder, 's');
  }

  remove(): void {
    removeQuietly(this.#folder);
  }
}

function fits(parent: string): boolean {
  return Buffer.byteLength(join(parent, `heaptrail-${process.pid}-XXXXXX`, 's')) <= MAX_SOCKET_PATH_BYTES;
}

/** Removes the folders of our own user whose host is dead. */
function sweep(parent: string): void {
  let names: string[];
  try {
    names = readdirSync(parent);
  } catch {
    return;
  }
  for (const name of names) {
    const pid = NAME.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    try {
      const path = join(parent, name);
      const stat = lstatSync(path);
      if (stat.isDirectory() && stat.uid === process.getuid?.() && readdirSync(path).every((entry) => entry === 's')) removeQuietly(path);
    } catch {
      // Gone already, or not ours to remove.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
