import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ExpectedSite, Expectation } from './exhibit.ts';
import type { LineRange, ResolvedExpectation, ResolvedSite } from './judge.ts';

/**
 * Turns markers and function names into line numbers of the files as they are now. Fails where one is not found: a judge that expects
 * nothing proves nothing.
 */
export function resolveExpectation(
  expectation: Expectation,
  programFolder: string,
  libraryFolders: readonly string[],
): ResolvedExpectation {
  const sites = Array.isArray(expectation.allocated) ? expectation.allocated : [expectation.allocated];
  const types = expectation.type === undefined ? [] : [expectation.type].flat();
  return {
    types,
    patterns: expectation.patterns,
    sites: sites.map((site) => resolveSite(site, programFolder, libraryFolders)),
    holders: expectation.heldByContains.map((names) => [names].flat()),
    suspectStep: expectation.suspectStep,
  };
}

function resolveSite(site: ExpectedSite, programFolder: string, libraryFolders: readonly string[]): ResolvedSite {
  const file = [programFolder, ...libraryFolders].map((folder) => join(folder, site.fileEndsWith)).find((path) => existsSync(path));
  if (file === undefined) throw new Error(`${site.fileEndsWith} is neither in ${programFolder} nor in ${libraryFolders.join(', ')}`);
  const lines = readFileSync(file, 'utf8').split('\n');
  const ranges = site.line !== undefined ? [{ from: site.line, to: site.line }] : rangesOf(site, lines);
  if (ranges.length === 0) throw new Error(`${file}: neither a line with "# ${site.marker ?? ''}" nor def ${site.function ?? ''}`);
  return { fileEndsWith: site.fileEndsWith, lines: ranges };
}

function rangesOf(site: ExpectedSite, lines: readonly string[]): LineRange[] {
  if (site.marker !== undefined) return linesWithMarker(lines, site.marker).map((line) => ({ from: line, to: line }));
  if (site.function !== undefined) return bodiesOf(lines, site.function);
  return [{ from: 1, to: lines.length }];
}

/** Line numbers whose comment begins with the marker; `LEAK` is not `LEAK-MANY`. */
export function linesWithMarker(lines: readonly string[], marker: string): number[] {
  const comment = new RegExp(`#\\s*${marker}(?![\\w-])`);
  return lines.flatMap((line, at) => (comment.test(line) ? [at + 1] : []));
}

/** First and last line of every function of that name, by indentation. */
export function bodiesOf(lines: readonly string[], name: string): LineRange[] {
  const start = new RegExp(`^(\\s*)(async\\s+)?def\\s+${name}\\b`);
  return lines.flatMap((line, at) => {
    const indent = start.exec(line)?.[1]?.length;
    if (indent === undefined) return [];
    const rest = lines
      .slice(at + 1)
      .findIndex((below) => below.trim() !== '' && !below.trim().startsWith(')') && below.search(/\S/) <= indent);
    return [{ from: at + 1, to: rest === -1 ? lines.length : at + 1 + rest }];
  });
}

/** The `site-packages` folders of a virtual environment. */
export function sitePackagesOf(venv: string): string[] {
  const lib = join(venv, 'lib');
  if (!existsSync(lib)) return [];
  return readdirSync(lib)
    .filter((name) => basename(name).startsWith('python'))
    .map((name) => join(lib, name, 'site-packages'));
}
