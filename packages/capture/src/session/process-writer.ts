import { mkdirSync } from 'node:fs';
import type { ProcSample } from '@heaptrail/core';
import { JsonLinesWriter } from './json-lines-writer.ts';
import { removeQuietly } from './remove-quietly.ts';
import { sessionPaths } from './session-paths.ts';

/** From here on only every tenth sample is kept: about a day at one a second. */
const DENSE_BYTES = 48 << 20;
const SPARSE_STEP = 10;
/** No more than this is written of what a peer says, however much it says. Readers take up to four times as much. */
const MAX_BYTES = 256 << 20;

/** Writes the folder of one process: its agent's frames as received, and the host's own lines between them. */
export class ProcessWriter {
  readonly id: string;
  readonly #folder: string;
  readonly #frames: JsonLinesWriter;
  #samples = 0;

  constructor(folder: string, id: string) {
    this.id = id;
    this.#folder = folder;
    mkdirSync(folder, { mode: 0o700 });
    this.#frames = new JsonLinesWriter(sessionPaths.frames(folder));
  }

  get lostLines(): number {
    return this.#frames.lostLines;
  }

  dumpPath(sequence: number): string {
    return sessionPaths.dump(this.#folder, sequence);
  }

  frame(raw: Readonly<Record<string, unknown>>): void {
    if (this.#frames.writtenBytes > MAX_BYTES) return;
    if (raw.t === 'sample' && this.#skips()) return;
    this.#frames.append(raw);
  }

  /** What the host did or noticed. */
  event(code: string, text: string, atMs: number): void {
    this.frame({ t: 'event', atMs, code, text });
  }

  proc(sample: ProcSample): void {
    if (this.#frames.writtenBytes > DENSE_BYTES && this.#samples % SPARSE_STEP !== 0) return;
    this.#frames.append({ t: 'proc', ...sample });
  }

  gone(atMs: number, end: { exitCode: number | null; signal: string | null } | undefined): void {
    this.#frames.append({ t: 'gone', atMs, ...end });
  }

  /** Removes a dump again, to keep the number of files bounded; the line tells readers to leave it out. */
  thin(sequence: number): void {
    this.#frames.append({ t: 'thinned', sequence });
    removeQuietly(this.dumpPath(sequence));
  }

  close(): void {
    this.#frames.close();
  }

  #skips(): boolean {
    this.#samples++;
    return this.#frames.writtenBytes > DENSE_BYTES && this.#samples % SPARSE_STEP !== 0;
  }
}
