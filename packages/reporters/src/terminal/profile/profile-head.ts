import type { ProfileAnswer, ProfileSummary } from '@heaptrail/core';
import { formatBytes, formatShare } from '../../bytes.ts';
import { word, words, type Word } from '../flow.ts';
import type { Page } from '../page.ts';
import { countNoun, errorText, plural } from './amounts.ts';
import { frameText } from './frame-text.ts';

/** First lines of every answer about a profile: what it is, how much is in it, what it cannot tell. */
export function profileHead(profile: ProfileSummary, page: Page): void {
  const { runtime, counts, totalBytes } = profile;
  const name = runtime.version === null ? runtime.name : `${runtime.name} ${runtime.version}`;
  page.paragraph([
    word(profile.file, 'strong'),
    word(`${name}, file ${formatBytes(profile.fileBytes)}`, 'plain', '   '),
    word(`${formatBytes(totalBytes)}${counts === null ? '' : ` in ${plural(counts, countNoun(profile))}`}`, 'plain', '   '),
    word(`${plural(profile.functions, 'function')}, ${plural(profile.stacks, 'stack')}`, 'plain', '   '),
  ]);
  if (!profile.whole)
    page.paragraph([word('INCOMPLETE', 'doubt'), ...words('the file does not hold the whole profile: figures below are of what it holds')]);
  for (const gap of profile.gaps) page.paragraph(words(gap, 'faint'));
}

/** The answer in one sentence, before any list. */
export function profileHeadline({ basis, totalBytes }: ProfileSummary, answer: ProfileAnswer, baseDir: string | undefined): Word[] {
  if (totalBytes === 0)
    return words(basis === 'sampled' ? 'Nothing was sampled: too little was allocated, or it was freed.' : 'Nothing was allocated.');
  const [line] = answer.lines.rows;
  const [first] = answer.functions.rows;
  if (line !== undefined) {
    const error = errorText(line);
    return [
      word(`${formatShare(line.bytes, totalBytes)} (${formatBytes(line.bytes)}${error === undefined ? '' : ` ± ${error}`})`, 'strong'),
      ...words('was allocated by'),
      word(frameText(line.at, baseDir), 'strong'),
      ...words('or by library code that it called.'),
    ];
  }
  return words(
    first === undefined
      ? 'No function is on any stack.'
      : `No code of the program is on any stack; most was allocated by ${frameText(first.at, baseDir)}.`,
  );
}

/** How to read the figures. */
export function profileNotes({ basis, scope, lines, counts }: ProfileSummary): string[] {
  const notes: string[] = [];
  if (basis === 'sampled') notes.push(`Bytes are estimates${counts === null ? '' : '; ± holds in 19 cases of 20'}.`);
  if (scope === 'live') notes.push('What was freed before the profile was written is not in it.');
  if (scope === 'unknown')
    notes.push('What was freed before the profile was written is not in it, unless sampling was asked to keep it; the file does not say.');
  if (lines === 'function') notes.push('The runtime names the line where a function begins, not the line in it that allocates.');
  return notes;
}
