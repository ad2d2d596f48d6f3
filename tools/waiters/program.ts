import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A twin does what the leaky program of its name does, without the mistake; so that it is healthy, too. */
export type ProgramKind = 'healthy' | 'twin' | 'leaky';

/** A small program that waits: a healthy one, of which nothing may be said, or one that leaks. */
export interface Program {
  readonly name: string;
  readonly file: string;
  readonly kind: ProgramKind;
  readonly isLeaky: boolean;
  /** Packages that it imports, besides the standard library. */
  readonly needs: readonly string[];
  /** Versions of Python that it runs on: `>=3.9,<3.13`. */
  readonly python: string;
  /** Patterns one of which a leaky one must be reported with. */
  readonly expect: readonly string[];
  /** Lines at which its leak waits. */
  readonly lines: readonly number[];
}

/** Packages of several programs are not to be had for the newest versions. */
const PYTHON_WITH_PACKAGES = '>=3.10,<3.13';
const ANY_PYTHON = '>=3.8';

const FOLDERS: readonly (readonly [folder: string, kind: ProgramKind])[] = [
  ['healthy', 'healthy'],
  ['leaky', 'leaky'],
  ['twins', 'twin'],
];

/** All programs below a folder that has `healthy`, `leaky` and `twins`, by name. */
export function loadPrograms(root: string): Program[] {
  return FOLDERS.flatMap(([folder, kind]) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.py'))
      .sort()
      .map((name) => loadProgram(join(root, folder, name), kind)),
  );
}

function loadProgram(file: string, kind: ProgramKind): Program {
  const lines = readFileSync(file, 'utf8').split('\n');
  const said = (name: string): readonly string[] | undefined =>
    lines
      .find((line) => line.startsWith(`# ${name}:`))
      ?.slice(name.length + 3)
      .split(',')
      .map((word) => word.trim());
  const needs = said('needs') ?? [];
  const program: Program = {
    name: basename(file, '.py'),
    file,
    kind,
    isLeaky: kind === 'leaky',
    needs,
    python: said('python')?.join(',') ?? (needs.length > 0 ? PYTHON_WITH_PACKAGES : ANY_PYTHON),
    expect: said('expect') ?? [],
    lines: lines.flatMap((line, i) => (/# WAITS( TOO)?$/.test(line) ? [i + 1] : [])),
  };
  if (program.isLeaky !== program.expect.length > 0)
    throw new Error(`${file}: a program that leaks says what is expected, a healthy one does not`);
  return program;
}
