import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { walkFiles } from './walk-files.ts';

const LINES_TO_WARN_AT = 300;
const LINES_TO_FAIL_AT = 500;
const BYTES_TO_FAIL_AT = 1_000_000;

/** Sources that may be longer than the limit, each with its reason and its own limit. */
const LONGER: ReadonlyMap<string, { readonly lines: number; readonly why: string }> = new Map();

/** Names that say nothing of what is inside, so that everything ends up there. */
const EMPTY_NAMES = /(^|[-_.])(utils?|helpers?|manager|misc|common)([-_.]|$)/i;

const SOURCE = /\.(ts|mjs|js|py)$/;

export interface FileFindings {
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** Sizes and names of every file below `root`. */
export function checkFiles(root: string): FileFindings {
  const problems: string[] = [];
  const warnings: string[] = [];
  for (const file of walkFiles(root)) {
    const bytes = sizeOf(join(root, file));
    if (bytes > BYTES_TO_FAIL_AT)
      problems.push(`${file}: ${bytes} bytes; more than ${BYTES_TO_FAIL_AT} does not belong into the repository`);
    const empty = file.split('/').find((part) => EMPTY_NAMES.test(part));
    if (empty !== undefined) problems.push(`${file}: "${empty}" says nothing of what is inside`);
    if (!SOURCE.test(basename(file))) continue;
    const lines = readFileSync(join(root, file), 'utf8').split('\n').length - 1;
    const limit = LONGER.get(file)?.lines ?? LINES_TO_FAIL_AT;
    if (lines > limit) problems.push(`${file}: ${lines} lines, the limit is ${limit}; split it by concept`);
    else if (lines > LINES_TO_WARN_AT && !LONGER.has(file)) warnings.push(`${file}: ${lines} lines, more than ${LINES_TO_WARN_AT}`);
  }
  return { problems, warnings };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { problems, warnings } = checkFiles(process.cwd());
  for (const warning of warnings) console.log(`warning: ${warning}`);
  for (const problem of problems) console.error(problem);
  console.log(
    problems.length === 0 ? `Files are short and named, with ${warnings.length} warnings.` : `${problems.length} problems with files.`,
  );
  if (problems.length > 0) process.exitCode = 1;
}
