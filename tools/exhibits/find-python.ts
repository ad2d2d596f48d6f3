import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { CouldNotRun } from './could-not-run.ts';

export interface Python {
  readonly executable: string;
  readonly version: readonly [number, number, number];
}

const PROBE = 'import platform, sys; print(platform.python_implementation(), *sys.version_info[:3], sys.executable, sep="|")';
const SUPPORTED = '>=3.8,<3.15';

/** Whether a version lies in a range like `>=3.9,<3.13`. */
export function isInRange(version: readonly number[], range: string): boolean {
  return range.split(',').every((part) => {
    const read = /^\s*(>=|<)\s*([\d.]+)\s*$/.exec(part);
    if (read === null) throw new Error(`"${part}" is no version range; >=3.9 and <3.13 are`);
    const order = compareVersions(version, (read[2] ?? '').split('.').map(Number));
    return read[1] === '>=' ? order >= 0 : order < 0;
  });
}

function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Every usable CPython, newest first: of `PATH` and of pyenv. A given one is the only one. */
export function findPythons(given: string | undefined): Python[] {
  const candidates = given === undefined ? [...candidatesOfPath(), ...candidatesOfPyenv()] : [given];
  const found = new Map<string, Python>();
  for (const candidate of candidates) {
    const python = probe(candidate);
    if (python !== undefined && isInRange(python.version, SUPPORTED)) found.set(python.executable, python);
  }
  if (given !== undefined && found.size === 0) throw new CouldNotRun(`${given} is no CPython ${SUPPORTED}`);
  return [...found.values()].sort((a, b) => compareVersions(b.version, a.version) || a.executable.localeCompare(b.executable));
}

/** The newest that an exhibit can run on. */
export function choosePython(pythons: readonly Python[], range: string): Python {
  const chosen = pythons.find(({ version }) => isInRange(version, range));
  if (chosen !== undefined) return chosen;
  const there = pythons.map(({ version }) => version.join('.')).join(', ');
  throw new CouldNotRun(`no Python ${range} (there are: ${there === '' ? 'none' : there}); name one by HEAPTRAIL_PYTHON or --python`);
}

function candidatesOfPath(): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '' && existsSync(folder));
  return folders.flatMap((folder) =>
    namesIn(folder)
      .filter((name) => /^python3(\.\d+)?$/.test(name))
      .map((name) => join(folder, name)),
  );
}

function candidatesOfPyenv(): string[] {
  const versions = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  return namesIn(versions)
    .map((name) => join(versions, name, 'bin', 'python3'))
    .filter((path) => existsSync(path));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // a folder of PATH that is not there or not ours to read holds no Python for us
  }
}

function probe(candidate: string): Python | undefined {
  const { status, stdout } = spawnSync(candidate, ['-c', PROBE], {
    encoding: 'utf8',
    timeout: 10_000,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (status !== 0) return undefined;
  const [implementation, major, minor, patch, executable] = stdout.trim().split('|');
  if (implementation !== 'CPython' || executable === undefined) return undefined;
  return { executable, version: [Number(major), Number(minor), Number(patch)] };
}
