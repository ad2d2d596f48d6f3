import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseReport, type Report } from '../../packages/core/src/report/index.ts';
import { CouldNotRun } from './could-not-run.ts';
import type { Exhibit, Variant } from './exhibit.ts';
import { runProcess } from './run-process.ts';

/** Room for start-up, the last dump, the analysis and a machine that is busy with other things. */
const EXTRA_SECONDS = 90;

export interface VariantRun {
  readonly exhibit: Exhibit;
  readonly variant: Variant;
  readonly pythonExecutable: string;
  /** Folders put before the installed packages: where a mutated library is. */
  readonly libraryFolder: string | undefined;
  readonly durationSeconds: number;
  readonly outFolder: string;
  readonly heaptrail: string;
  readonly signal?: AbortSignal;
}

export interface VariantReport {
  readonly report: Report;
  readonly logFile: string;
  readonly elapsedMs: number;
}

/** Runs one program under heaptrail as a person would and reads its report. Throws CouldNotRun when there is none. */
export async function runVariant(run: VariantRun): Promise<VariantReport> {
  const command = run.exhibit.commandByVariant.get(run.variant);
  if (command === undefined) throw new Error(`${run.exhibit.name} has no variant ${run.variant}`);
  rmSync(run.outFolder, { recursive: true, force: true });
  mkdirSync(run.outFolder, { recursive: true });
  const jsonFile = join(run.outFolder, 'report.json');
  const logFile = join(run.outFolder, 'log.txt');
  const target = command.map((word, at) => (at === 0 && word === 'python' ? run.pythonExecutable : word));
  const options = ['--duration', `${run.durationSeconds}s`, '--stop', '--json', jsonFile, '--out', join(run.outFolder, 'session')];
  const startedAt = performance.now();
  const result = await runProcess({
    command: [process.execPath, run.heaptrail, 'run', ...options, '--', ...target],
    cwd: run.exhibit.folder,
    env: {
      EXHIBIT_SECONDS: String(run.durationSeconds + EXTRA_SECONDS),
      PYTHONDONTWRITEBYTECODE: '1',
      ...(run.libraryFolder === undefined ? {} : { PYTHONPATH: run.libraryFolder }),
    },
    timeoutMs: (run.durationSeconds + EXTRA_SECONDS) * 1000,
    logFile,
    ...(run.signal === undefined ? {} : { signal: run.signal }),
  });
  const said = `it said (${logFile}):\n    ${result.tail.trim().split('\n').slice(-6).join('\n    ')}`;
  if (result.timedOut) throw new CouldNotRun(`heaptrail did not end in ${run.durationSeconds + EXTRA_SECONDS} s; ${said}`);
  if (!existsSync(jsonFile))
    throw new CouldNotRun(`heaptrail wrote no report (exit code ${result.exitCode ?? result.signal ?? '?'}); ${said}`);
  return { report: readReport(jsonFile), logFile, elapsedMs: performance.now() - startedAt };
}

function readReport(file: string): Report {
  try {
    return parseReport(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new CouldNotRun(`${file} is not a report: ${error instanceof Error ? error.message : String(error)}`);
  }
}
