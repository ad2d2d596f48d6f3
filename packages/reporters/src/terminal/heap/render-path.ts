import type { HeapSummary, HeldGroup, PathAnswer } from '@heaptrail/core';
import { formatBytes, formatCount } from '../../bytes.ts';
import { escapeControlsDeep } from '../../escape-controls.ts';
import { word, words, type Word } from '../flow.ts';
import { allocatedWords } from './allocated-words.ts';
import { heapPage, type HeapLook } from './heap-page.ts';
import { objectText } from './object-words.ts';
import { heapPathWords } from './path-words.ts';

/** `heaptrail path`: why an object, or the objects of a type, are alive. */
export function renderPath(unsafeHeap: HeapSummary, unsafeAnswer: PathAnswer, look: HeapLook): string {
  const answer = escapeControlsDeep(unsafeAnswer);
  const page = heapPage(unsafeHeap, look);
  const { objects, unheld, groups, moreGroups, lookedAt } = answer;
  page.blank();
  if (groups.length === 0) {
    page.paragraph(unheld === objects ? nothingHolds(answer) : noPath(answer));
    return page.toString();
  }
  if (objects > 1) {
    const ways = groups.length + moreGroups;
    page.paragraph([
      word(answer.asked, 'strong'),
      ...words(`${formatCount(objects)} objects, held in ${ways === 1 ? 'one way' : `${ways} ways`}`),
      ...(unheld === 0 ? [] : words(`(and ${formatCount(unheld)} that nothing holds)`, 'faint')),
    ]);
    if (lookedAt < objects - unheld) page.paragraph(words(`CUT: only the ${formatCount(lookedAt)} largest were looked at.`, 'doubt'));
  }
  for (const group of groups) {
    page.blank();
    page.paragraph(headline(group));
    page.field('held by', heapPathWords(group.path));
    if (objects > 1 && group.allocated.length > 0) page.field('allocated', allocatedWords(group.allocated, look.baseDir));
  }
  if (moreGroups > 0) page.paragraph(words(`… and ${moreGroups} more ways; --limit ${groups.length + moreGroups} shows them`, 'doubt'));
  for (const path of answer.otherPaths) page.field('also held', heapPathWords(path));
  if (objects === 1 && answer.allocated.length > 0) page.field('allocated', allocatedWords(answer.allocated, look.baseDir));
  return page.toString();
}

function nothingHolds({ objects, asked }: PathAnswer): Word[] {
  return [
    word('NOTHING HOLDS', 'good'),
    ...words(`${plural(objects, 'object')} of ${asked}: garbage that waits to be freed, or unknown to the file`),
  ];
}

/** V8's groups of roots and tables, what only weak references lead to, and what only heaptrail's agent has. */
function noPath({ objects, asked }: PathAnswer): Word[] {
  return [
    word('NO PATH', 'doubt'),
    ...words(
      `leads from the program to ${plural(objects, 'object')} of ${asked}: what refers to ${objects === 1 ? 'it' : 'them'}, if anything, are weak references, ` +
        `objects in a circle, or parts of the runtime or of heaptrail. "heaptrail graph FILE OBJECT --direction referrers" shows it.`,
    ),
  ];
}

function headline({ objects, retainedBytes, example }: HeldGroup) {
  const count = objects === 1 ? objectText(example) : `${formatCount(objects)} × ${example.type}`;
  return [
    word(count, 'strong'),
    word(`retains ${formatBytes(retainedBytes)}`, 'plain', '   '),
    ...(objects === 1 ? [] : [word(`for example ${example.handle}`, 'faint', '   ')]),
  ];
}

function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
