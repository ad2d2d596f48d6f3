import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CouldNotRun } from './could-not-run.ts';
import type { Python } from './find-python.ts';
import { runProcess } from './run-process.ts';

const PIP_TIMEOUT_MS = 10 * 60_000;

/** A virtual environment with exactly these requirements, made once and kept in `.cache/venvs/<hash>`. Its folder. */
export async function ensureVenv(
  cacheFolder: string,
  python: Python,
  requirementsFile: string,
  progress: (line: string) => void,
): Promise<string> {
  const requirements = readFileSync(requirementsFile, 'utf8');
  const hash = createHash('sha256')
    .update(`${python.executable}\n${python.version.join('.')}\n${requirements}`)
    .digest('hex')
    .slice(0, 16);
  const folder = join(cacheFolder, 'venvs', hash);
  const stamp = join(folder, 'heaptrail-ready.txt');
  if (existsSync(stamp)) return folder;

  const wanted = requirements.trim().replaceAll('\n', ', ');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  progress(`venv ${hash}: python ${python.version.join('.')}`);
  await orFail(
    [python.executable, '-m', 'venv', folder],
    'a virtual environment could not be made (on Debian: apt install python3-venv)',
    folder,
  );
  progress(`venv ${hash}: pip install ${wanted}`);
  const pip = [pythonOf(folder), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', '-r', requirementsFile];
  await orFail(pip, `pip could not install ${wanted}`, folder);
  writeFileSync(stamp, requirements);
  progress(`venv ${hash}: ready`);
  return folder;
}

export function pythonOf(venv: string): string {
  return join(venv, 'bin', 'python');
}

async function orFail(command: readonly string[], failure: string, folder: string): Promise<void> {
  const { exitCode, timedOut, tail } = await runProcess({ command, timeoutMs: PIP_TIMEOUT_MS });
  if (exitCode === 0) return;
  rmSync(folder, { recursive: true, force: true });
  const reason = timedOut ? `no end after ${PIP_TIMEOUT_MS / 1000} s` : tail.trim().split('\n').slice(-4).join('\n    ');
  throw new CouldNotRun(`${failure}: ${basename(command[0] ?? '')} said\n    ${reason}`);
}
