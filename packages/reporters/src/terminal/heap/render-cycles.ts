import type { CycleKindView, CyclesAnswer, HeapSummary } from '@heaptrail/core';
import { formatBytes, formatCount } from '../../bytes.ts';
import { escapeControlsDeep } from '../../escape-controls.ts';
import { word, words, type Word } from '../flow.ts';
import type { Page } from '../page.ts';
import { heapPage, type HeapLook } from './heap-page.ts';
import { objectText } from './object-words.ts';

/** `heaptrail cycles`: what refers to itself in circles, and what that costs. */
export function renderCycles(heap: HeapSummary, answer: CyclesAnswer, look: HeapLook): string {
  const page = heapPage(heap, look);
  page.blank();
  cycleSection(escapeControlsDeep(answer), page);
  return page.toString();
}

export function cycleSection({ kinds, moreKinds, reachable, garbage, cutSearches }: CyclesAnswer, page: Page): void {
  if (reachable.knots + garbage.knots === 0) {
    page.paragraph(words('No cycles among the objects of the program.'));
    return;
  }
  page.paragraph(
    words(
      `${count(reachable.knots, 'knot')} of references in use (${count(reachable.objects, 'object')}, ${formatBytes(reachable.retainedBytes)} retained).`,
    ),
  );
  if (garbage.knots > 0)
    page.paragraph([
      word(`${count(garbage.knots, 'knot')} of garbage`, 'strong'),
      ...words(
        `(${count(garbage.objects, 'object')}, ${formatBytes(garbage.retainedBytes)} retained): only the cycle collector frees them.`,
      ),
    ]);
  for (const kind of kinds) {
    page.blank();
    kindLines(kind, page);
  }
  if (moreKinds > 0) page.paragraph(words(`… and ${formatCount(moreKinds)} more kinds; --limit shows more`, 'doubt'));
  if (cutSearches > 0)
    page.paragraph(
      words(`CUT: in ${count(cutSearches, 'large knot')} the search for the shortest cycle ended early; shorter ones may exist.`, 'doubt'),
    );
}

function kindLines(kind: CycleKindView, page: Page): void {
  const { state, knots, objects, retainedBytes, finalizers, example, omittedSteps, isShortest } = kind;
  page.paragraph([
    word(knots === 1 ? 'one knot' : `${formatCount(knots)} knots`, 'strong'),
    ...(state === 'garbage' ? [word('garbage', 'leaking')] : []),
    word(count(objects, 'object'), 'plain', '   '),
    word(`${formatBytes(retainedBytes)} retained`, 'plain', '   '),
  ]);
  const steps = example.flatMap(({ object, reference }, at): Word[] => [
    word(objectText(object), 'plain', at === 0 ? ' ' : ' → '),
    word(reference, 'strong'),
  ]);
  const first = example[0];
  const back =
    first === undefined
      ? []
      : [word(omittedSteps > 0 ? `… ${omittedSteps} more … ${first.object.handle}` : first.object.handle, 'plain', ' → ')];
  page.field(isShortest ? 'shortest' : 'a cycle', [...steps, ...back]);
  if (finalizers.objects > 0)
    page.field('finalizers', words(finalizers.types.map(({ type, objects: number }) => `${formatCount(number)} ${type}`).join(', ')));
  if (finalizers.watched > 0) page.field('watched', words(`${count(finalizers.watched, 'object')} by registered finalizers`));
  if (kind.freedBy !== null)
    page.field(
      'freed by',
      words(
        kind.freedBy === 'collector'
          ? 'the cycle collector alone'
          : 'nothing: an object in it is one that the collector does not look into',
      ),
    );
}

function count(number: number, noun: string): string {
  return `${formatCount(number)} ${noun}${number === 1 ? '' : 's'}`;
}
