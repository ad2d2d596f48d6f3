import { mkdirSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { OutputNotEmptyError } from '../errors/output-not-empty-error.ts';
import { OutputUnusableError } from '../errors/output-unusable-error.ts';
import { reasonOf } from '../errors/reason-of.ts';
import { JsonLinesWriter } from './json-lines-writer.ts';
import { ProcessWriter } from './process-writer.ts';
import { removeQuietly } from './remove-quietly.ts';
import type { SessionHeader } from './session-header.ts';
import { sessionPaths } from './session-paths.ts';
import { writeAtomically } from './write-atomically.ts';

/**
 * Writes one session folder, mode 0700: a dump is a secret. Refuses a folder that holds anything. Once made, writing never
 * throws; what is lost is counted (`lostLines`).
 */
export class SessionWriter {
  readonly folder: string;
  readonly #host: JsonLinesWriter;
  readonly #processes: ProcessWriter[] = [];
  readonly #imagesByPid = new Map<number, number>();
  readonly #madeFolder: boolean;

  constructor(folder: string, header: SessionHeader) {
    this.folder = resolve(folder);
    try {
      this.#madeFolder = mkdirSync(this.folder, { recursive: true, mode: 0o700 }) !== undefined;
      const found = readdirSync(this.folder)[0];
      if (found !== undefined) throw new OutputNotEmptyError(folder, found);
    } catch (error) {
      throw error instanceof OutputNotEmptyError ? error : new OutputUnusableError(folder, reasonOf(error));
    }
    try {
      mkdirSync(sessionPaths.processes(this.folder), { mode: 0o700 });
      writeAtomically(sessionPaths.header(this.folder), `${JSON.stringify(header, undefined, 2)}\n`);
      this.#host = new JsonLinesWriter(sessionPaths.host(this.folder));
    } catch (error) {
      this.#remove();
      throw new OutputUnusableError(folder, reasonOf(error));
    }
  }

  get lostLines(): number {
    return this.#processes.reduce((sum, process) => sum + process.lostLines, this.#host.lostLines);
  }

  event(code: string, text: string, atMs: number): void {
    this.#host.append({ t: 'event', code, text, atMs });
  }

  exit(exitCode: number | null, signal: string | null, atMs: number): void {
    this.#host.append({ t: 'exit', exitCode, signal, atMs });
  }

  /** The observation is over: nothing after this line belongs to the report. */
  end(atMs: number): void {
    for (const process of this.#processes) process.close();
    this.#host.append({ t: 'end', atMs });
  }

  /** A new image under this pid. Throws what the file system throws. */
  process(pid: number): ProcessWriter {
    const image = (this.#imagesByPid.get(pid) ?? 0) + 1;
    this.#imagesByPid.set(pid, image);
    const id = `${pid}-${image}`;
    const writer = new ProcessWriter(sessionPaths.process(this.folder, id), id);
    this.#processes.push(writer);
    return writer;
  }

  close(): void {
    for (const process of this.#processes) process.close();
    this.#host.close();
  }

  /** Takes everything back, for a command that never started. */
  discard(): void {
    this.close();
    this.#remove();
  }

  #remove(): void {
    for (const path of [sessionPaths.processes(this.folder), sessionPaths.header(this.folder), sessionPaths.host(this.folder)]) {
      removeQuietly(path);
    }
    if (this.#madeFolder) removeQuietly(this.folder);
  }
}
