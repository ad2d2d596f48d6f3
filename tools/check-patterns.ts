import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageNamedIn, packagesRequired } from './package-names.ts';
import { walkFiles } from './walk-files.ts';

const PATTERNS = 'packages/core/src/patterns';
/** What every pattern's folder holds, so that the next person can read, run and mend it. */
const EVERY_PATTERN_HAS = ['README.md', 'match.ts', 'match.test.ts'];

/** Everything wrong with the patterns below `root`: packages named, files missing. */
export function checkPatterns(root: string): string[] {
  const files = walkFiles(root, PATTERNS);
  const problems: string[] = [];
  const installed = walkFiles(root, 'exhibits')
    .filter((file) => /\/requirements[^/]*\.txt$/.test(file))
    .flatMap((file) => packagesRequired(readFileSync(join(root, file), 'utf8')));
  for (const file of files) {
    const inPath = packageNamedIn(file.slice(PATTERNS.length).replaceAll(/[/_-]/g, ' '), installed);
    if (inPath !== undefined) problems.push(`${file}: the name holds ${inPath}; a pattern names no package`);
    for (const [at, line] of readFileSync(join(root, file), 'utf8').split('\n').entries()) {
      const name = packageNamedIn(line, installed);
      if (name !== undefined) problems.push(`${file}:${at + 1}: names ${name}; a pattern names no package`);
    }
  }
  const folders = new Set(
    files.map((file) => file.slice(PATTERNS.length + 1).split('/')).flatMap((parts) => (parts.length > 1 ? [parts[0]] : [])),
  );
  for (const folder of folders) {
    const missing = EVERY_PATTERN_HAS.filter((name) => !files.includes(`${PATTERNS}/${folder}/${name}`));
    // Folders without a rule hold what several rules share.
    if (missing.length > 0 && missing.length < EVERY_PATTERN_HAS.length)
      problems.push(`${PATTERNS}/${folder}: lacks ${missing.join(', ')}`);
  }
  return problems;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const problems = checkPatterns(process.cwd());
  for (const problem of problems) console.error(problem);
  console.log(problems.length === 0 ? 'No pattern names a package.' : `${problems.length} problems in patterns.`);
  if (problems.length > 0) process.exitCode = 1;
}
