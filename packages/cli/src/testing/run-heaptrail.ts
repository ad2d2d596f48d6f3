import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const BIN = fileURLToPath(new URL('../../bin/heaptrail.mjs', import.meta.url));
export const PEER = fileURLToPath(new URL('peer.mjs', import.meta.url));
export const PYTHON = process.env.HEAPTRAIL_PYTHON ?? 'python3';

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A place for one test: its own working folder, and its own TMPDIR so that forgotten sockets show. */
export interface Playground {
  readonly folder: string;
  /** Socket folders of heaptrail, alive or forgotten. */
  sockets(): string[];
  /** Runs the real product to its end. */
  heaptrail(...args: string[]): Promise<Outcome>;
  /** Starts it, to be sent signals. */
  start(...args: string[]): { child: ChildProcess; outcome: Promise<Outcome>; stderr: () => string; stdout: () => string };
  /** Host lines of the session in `s`. */
  hostLines(): Record<string, unknown>[];
  /** Frames of each process of the session in `s`, by process id. */
  frames(): Map<string, Record<string, unknown>[]>;
  events(): string[];
  remove(): void;
}

export function playground(env: NodeJS.ProcessEnv = {}): Playground {
  const folder = mkdtempSync(join(tmpdir(), 'ht-'));
  const temporary = mkdtempSync(join(tmpdir(), 'ht-'));
  const start: Playground['start'] = (...args) => {
    const child = spawn(process.execPath, [BIN, ...args], {
      cwd: folder,
      env: { ...process.env, TMPDIR: temporary, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const outcome = new Promise<Outcome>((resolve) => {
      child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
    });
    return { child, outcome, stderr: () => stderr, stdout: () => stdout };
  };
  const hostLines = (): Record<string, unknown>[] => jsonLines(join(folder, 's', 'host.jsonl'));
  const frames: Playground['frames'] = () => {
    const parent = join(folder, 's', 'processes');
    return new Map(readdirSync(parent).map((id) => [id, jsonLines(join(parent, id, 'frames.jsonl'))]));
  };
  return {
    folder,
    sockets: () => readdirSync(temporary).filter((name) => name.startsWith('heaptrail-')),
    heaptrail: (...args) => start(...args).outcome,
    start,
    hostLines,
    frames,
    events: () => [...hostLines(), ...[...frames().values()].flat()].filter((line) => line.t === 'event').map((line) => String(line.code)),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
      rmSync(temporary, { recursive: true, force: true });
    },
  };
}

function jsonLines(path: string): Record<string, unknown>[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
