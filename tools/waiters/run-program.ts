import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseReport } from '../../packages/core/src/report/index.ts';
import { CouldNotRun } from '../exhibits/could-not-run.ts';
import { choosePython, type Python } from '../exhibits/find-python.ts';
import { runProcess } from '../exhibits/run-process.ts';
import { ensureVenv, pythonOf } from '../exhibits/venv.ts';
import { judgeProgram, type ProgramJudgement } from './judge-program.ts';
import type { Program } from './program.ts';

export interface Setting {
  readonly root: string;
  readonly pythons: readonly Python[];
  readonly seconds: number;
  /** Folder below `.cache` for sessions and logs. */
  readonly outName: string;
  readonly progress: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface ProgramResult {
  readonly program: Program;
  readonly python: string;
  readonly judgement: ProgramJudgement | undefined;
  /** Why there is no judgement. */
  readonly reason: string | undefined;
}

/** Room for start-up, the last dump, the analysis and a busy machine. */
const EXTRA_SECONDS = 120;

/** Virtual environments are made one after the other: two at a time would make the same one twice. */
let making: Promise<unknown> = Promise.resolve();

/** Watches one program for so many seconds, as a person would, and judges the report. Never throws for what is not the product's doing. */
export async function runProgram(program: Program, setting: Setting): Promise<ProgramResult> {
  let version = '?';
  try {
    const python = choosePython(setting.pythons, program.python);
    version = python.version.join('.');
    return { program, python: version, judgement: await watch(program, python, setting), reason: undefined };
  } catch (error) {
    if (!(error instanceof CouldNotRun)) throw error;
    return { program, python: version, judgement: undefined, reason: error.message };
  }
}

async function watch(program: Program, python: Python, { root, seconds, outName, progress, signal }: Setting): Promise<ProgramJudgement> {
  const cache = join(root, '.cache');
  const executable = program.needs.length === 0 ? python.executable : pythonOf(await environment(cache, root, python, progress));
  const folder = join(cache, outName, `${program.name}-${program.kind}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const report = join(folder, 'report.json');
  const options = ['--duration', `${seconds}s`, '--stop', '--json', report, '--out', join(folder, 'session')];
  const { tail } = await runProcess({
    command: [process.execPath, join(root, 'packages/cli/bin/heaptrail.mjs'), 'run', ...options, '--', executable, program.file],
    cwd: folder,
    env: { EXHIBIT_SECONDS: String(seconds + EXTRA_SECONDS), PYTHONDONTWRITEBYTECODE: '1' },
    timeoutMs: (seconds + EXTRA_SECONDS) * 1000,
    logFile: join(folder, 'log.txt'),
    signal,
  });
  if (!existsSync(report))
    throw new CouldNotRun(`heaptrail wrote no report; it said\n    ${tail.trim().split('\n').slice(-6).join('\n    ')}`);
  const judgement = judgeProgram(program, parseReport(JSON.parse(readFileSync(report, 'utf8'))));
  // A program that ends at once has nothing that could be reported.
  if (judgement.dumps < 2)
    throw new CouldNotRun(
      `the program lived for ${judgement.dumps} dumps only; it said\n    ${tail.trim().split('\n').slice(-6).join('\n    ')}`,
    );
  return judgement;
}

async function environment(cache: string, root: string, python: Python, progress: (line: string) => void): Promise<string> {
  const made = making.then(() => ensureVenv(cache, python, join(root, 'exhibits/waiters/requirements.txt'), progress));
  making = made.catch(() => undefined);
  return await made;
}
