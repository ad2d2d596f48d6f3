import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a command used, as the system counts it at its end. */
export interface Measured {
  /** User and system time of all threads of all Node processes that the command started. */
  readonly cpuSeconds: number;
  /** The largest of those processes at its largest. */
  readonly peakRssBytes: number;
  readonly wallSeconds: number;
  readonly stdout: string;
}

export interface Command {
  /** Of Node itself and of the script, in that order. */
  readonly args: readonly string[];
  /** The file that it reads: its size says how much memory is touched before. */
  readonly reads?: string;
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number;
}

const PRELOAD = join(import.meta.dirname, 'report-usage.cjs');
const WARM_MEMORY = join(import.meta.dirname, 'warm-memory.cjs');
/** A rival takes up to four times a file of 1 GB, ours 1.1 times one of 5 GB; on small files all stay below the least. */
const WARM_BYTES_PER_FILE_BYTE = 5;
const LEAST_WARM_BYTES = 1e9;
const MOST_WARM_BYTES = 6e9;
const DEFAULT_TIMEOUT_SECONDS = 900;
const LETTERS_OF_ERRORS_SHOWN = 2000;

export class MeasuringFailed extends Error {}

/**
 * Runs Node with arguments, in memory that was touched just before, and waits for its end. Throws MeasuringFailed with the end
 * of its messages when it fails, is killed or takes too long.
 */
export async function runMeasured(command: Command): Promise<Measured> {
  const usageFolder = mkdtempSync(join(tmpdir(), 'heaptrail-bench-usage-'));
  try {
    if (command.reads !== undefined) warmMemory(statSync(command.reads).size);
    const began = performance.now();
    const { stdout, stderr, outcome } = await run(command, usageFolder);
    const wallSeconds = (performance.now() - began) / 1000;
    if (outcome !== 'status 0')
      throw new MeasuringFailed(
        `node ${command.args.join(' ')} ended with ${outcome}:\n${(stderr + stdout).slice(-LETTERS_OF_ERRORS_SHOWN)}`,
      );
    const usages = readdirSync(usageFolder).map(
      (name) => JSON.parse(readFileSync(join(usageFolder, name), 'utf8')) as Pick<Measured, 'cpuSeconds' | 'peakRssBytes'>,
    );
    if (usages.length === 0) throw new MeasuringFailed(`node ${command.args.join(' ')} did not report what it used`);
    const cpuSeconds = usages.reduce((sum, usage) => sum + usage.cpuSeconds, 0);
    return { cpuSeconds, peakRssBytes: Math.max(...usages.map((usage) => usage.peakRssBytes)), wallSeconds, stdout };
  } finally {
    rmSync(usageFolder, { recursive: true, force: true });
  }
}

function warmMemory(fileBytes: number): void {
  const bytes = Math.min(Math.max(WARM_BYTES_PER_FILE_BYTE * fileBytes, LEAST_WARM_BYTES), MOST_WARM_BYTES, freemem() / 2);
  spawnSync(process.execPath, [WARM_MEMORY, String(bytes)]);
}

function run(
  { args, folder, env, timeoutSeconds }: Command,
  usageFolder: string,
): Promise<{ stdout: string; stderr: string; outcome: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: folder,
      env: { ...process.env, ...env, NODE_OPTIONS: `--require ${PRELOAD}`, HEAPTRAIL_BENCH_USAGE: usageFolder },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: (timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (status, signal) =>
      resolve({ stdout, stderr, outcome: signal === null ? `status ${status}` : `the signal ${signal}` }),
    );
  });
}
