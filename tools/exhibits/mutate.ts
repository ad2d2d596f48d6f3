import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { CouldNotRun } from './could-not-run.ts';
import type { Exhibit, ExpectedSite, Expectation, Variant } from './exhibit.ts';
import type { Python } from './find-python.ts';

const SCRIPT = fileURLToPath(new URL('mutate.py', import.meta.url));

const mutationSchema = z.object({
  names: z.record(z.string(), z.string()),
  files: z.record(z.string(), z.string()),
  lines: z.record(z.string(), z.record(z.string(), z.number())),
  swaps: z.array(z.string()),
});
/** What `mutate.py` changed: new name by old, new line by old line by new file. */
export type Mutation = z.infer<typeof mutationSchema>;

export interface MutateRequest {
  readonly exhibit: Exhibit;
  readonly variant: Variant;
  readonly python: Python;
  /** Where the library of the exhibit is installed, if it has one. */
  readonly packages: readonly string[];
  readonly seed: number;
  readonly cacheFolder: string;
}

export interface MutatedExhibit {
  readonly exhibit: Exhibit;
  readonly libraryFolder: string | undefined;
}

/** A copy of the exhibit with other names, lines and containers, and what is expected of it mapped along. */
export async function mutate(request: MutateRequest): Promise<MutatedExhibit> {
  const { exhibit, variant, python, packages, seed, cacheFolder } = request;
  const folder = join(cacheFolder, 'mutants', `${exhibit.name}-${variant}-${seed}`);
  rmSync(folder, { recursive: true, force: true });
  const programs = join(folder, 'programs');
  mkdirSync(programs, { recursive: true });
  if (exhibit.library === undefined) {
    const mutation = runScript(python, ['programs', exhibit.folder, programs, String(seed)]);
    return { exhibit: mapExhibit(exhibit, programs, [mutation]), libraryFolder: undefined };
  }
  const libraryFolder = join(folder, 'library');
  const { package: name, rename } = exhibit.library;
  const [installed = ''] = packages.map((site) => join(site, name));
  const newName = `qz${name.slice(-3)}`;
  const ofLibrary = runScript(python, ['library', installed, libraryFolder, String(seed), name, newName, rename.join(',')]);
  const ofPrograms = runScript(python, ['programs', exhibit.folder, programs, String(seed), `${name}=${newName}`]);
  return { exhibit: mapExhibit(exhibit, programs, [ofPrograms, ofLibrary]), libraryFolder };
}

function runScript(python: Python, args: readonly string[]): Mutation {
  const { status, stdout, stderr } = spawnSync(python.executable, ['-B', SCRIPT, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new CouldNotRun(`mutate.py ${args[0] ?? ''} failed: ${stderr.trim().split('\n').slice(-3).join(' ')}`);
  return mutationSchema.parse(JSON.parse(stdout));
}

function mapExhibit(exhibit: Exhibit, folder: string, mutations: readonly Mutation[]): Exhibit {
  const commandByVariant = [...exhibit.commandByVariant].map(
    ([variant, command]) => [variant, command.map((word) => mapFile(word, mutations))] as const,
  );
  return {
    ...exhibit,
    folder,
    commandByVariant: new Map(commandByVariant),
    expectations: exhibit.expectations.map((expectation) => mapExpectation(expectation, mutations)),
  };
}

/** The same finding in the words of the changed programs. Markers are comments, and comments stay. */
export function mapExpectation(expectation: Expectation, mutations: readonly Mutation[]): Expectation {
  const name = (text: string): string => text.replaceAll(/[A-Za-z_]\w*/g, (word) => newName(word, mutations));
  return {
    patterns: expectation.patterns,
    allocated: [expectation.allocated].flat().map((site) => mapSite(site, mutations)),
    heldByContains: expectation.heldByContains.map((names) => [names].flat().map(name)),
    ...(expectation.type === undefined ? {} : { type: [expectation.type].flat().map(name) }),
    ...(expectation.suspectStep === undefined ? {} : { suspectStep: name(expectation.suspectStep) }),
  };
}

function mapSite(site: ExpectedSite, mutations: readonly Mutation[]): ExpectedSite {
  const fileEndsWith = mapFile(site.fileEndsWith, mutations);
  const newLine = mutations.map(({ lines }) => lines[fileEndsWith]?.[String(site.line ?? '')]).find((line) => line !== undefined);
  return {
    fileEndsWith,
    ...(site.marker === undefined ? {} : { marker: site.marker }),
    ...(site.function === undefined ? {} : { function: newName(site.function, mutations) }),
    ...(newLine === undefined ? {} : { line: newLine }),
  };
}

function mapFile(path: string, mutations: readonly Mutation[]): string {
  for (const { files } of mutations) {
    const file = files[basename(path)];
    if (file !== undefined && !path.includes('/')) return file;
    const [first = '', ...rest] = path.split('/');
    if (rest.length > 0 && files[first] !== undefined) return [files[first], ...rest].join('/');
  }
  return path;
}

function newName(word: string, mutations: readonly Mutation[]): string {
  return mutations.map(({ names }) => names[word]).find((name) => name !== undefined) ?? word;
}
