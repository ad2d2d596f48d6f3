import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

export interface ProcessResult {
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly timedOut: boolean;
  /** The end of what it wrote on both streams. */
  readonly tail: string;
}

export interface ProcessOptions {
  readonly command: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly logFile?: string;
  readonly signal?: AbortSignal;
}

const TAIL_CHARACTERS = 4000;
const GRACE_MS = 5000;

/** Runs one command in a process group of its own, so that what it started ends with it, and keeps the end of its output. */
export async function runProcess({ command, cwd, env, timeoutMs, logFile, signal }: ProcessOptions): Promise<ProcessResult> {
  const [file = '', ...args] = command;
  const log = logFile === undefined ? undefined : createWriteStream(logFile);
  const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let tail = '';
  let timedOut = false;
  const take = (text: Buffer): void => {
    log?.write(text);
    tail = (tail + text.toString()).slice(-TAIL_CHARACTERS);
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);

  const endGroup = (how: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, how);
    } catch {
      // the group is gone already, which is what was wanted
    }
  };
  const timer = setTimeout(() => {
    timedOut = true;
    endGroup('SIGTERM');
    setTimeout(() => endGroup('SIGKILL'), GRACE_MS).unref();
  }, timeoutMs);
  const abort = (): void => endGroup('SIGTERM');
  signal?.addEventListener('abort', abort);

  const ended = await new Promise<{ code: number | null; by: NodeJS.Signals | null; error?: Error }>((resolve) => {
    child.once('error', (error) => resolve({ code: null, by: null, error }));
    child.once('close', (code, by) => resolve({ code, by }));
  });
  clearTimeout(timer);
  signal?.removeEventListener('abort', abort);
  endGroup('SIGKILL');
  if (ended.error !== undefined) tail += ended.error.message;
  if (log !== undefined) {
    log.end();
    await finished(log);
  }
  return { exitCode: ended.code ?? undefined, signal: ended.by ?? undefined, timedOut, tail };
}
