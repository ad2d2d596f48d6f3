import type { FinalizerKindView, FinalizersAnswer, Frame } from '@heaptrail/core';
import { formatBytes, formatCount } from '../../bytes.ts';
import { word, words, type Word } from '../flow.ts';
import type { Page } from '../page.ts';
import { allocatedWords } from './allocated-words.ts';
import { objectText } from './object-words.ts';
import { heapPathWords } from './path-words.ts';

/** More of them crowd out what keeps most of the heap; all are in `--json`. */
const SHOWN = 3;

/** Objects that their own finalizers keep, each sort with the way back to the object. Nothing where there are none. */
export function finalizerSection({ kinds, moreKinds }: FinalizersAnswer, page: Page, baseDir: string | undefined): void {
  for (const kind of kinds.slice(0, SHOWN)) {
    page.blank();
    kindLines(kind, page, baseDir);
  }
  const more = kinds.slice(SHOWN).length + moreKinds;
  if (more > 0) page.paragraph(words(`… and ${formatCount(more)} more sorts of objects that finalizers keep; --json lists them`, 'doubt'));
}

function kindLines(kind: FinalizerKindView, page: Page, baseDir: string | undefined): void {
  const { type, objects, registrations, retainedBytes, example, way, writtenAt, callbackAt, allocated, registry, alsoHeld, fix } = kind;
  page.paragraph([
    word(kind.byFinalizersAlone ? 'LEAK' : 'SUSPECT', kind.byFinalizersAlone ? 'leak' : 'suspicion'),
    word(objects === 1 ? objectText(example) : `${formatCount(objects)} × ${type}`, 'strong', '  '),
    word(`${formatBytes(retainedBytes)},`, 'plain', '   '),
    ...words(verdict(kind)),
    ...(registrations > objects ? words(`(${formatCount(registrations)} registrations)`, 'faint') : []),
  ]);
  if (way.length > 0) page.field('way', heapPathWords(way));
  else page.field('way', words('too long to be shown'));
  if (writtenAt !== null) page.field('written', placeWords(writtenAt, baseDir));
  if (allocated.length > 0) page.field('allocated', allocatedWords(allocated, baseDir));
  if (alsoHeld !== null) page.field('also held', heapPathWords(alsoHeld));
  if (registry !== null) {
    const where = registry.where === null ? '' : `, ${registry.where}`;
    page.field('registry', words(`${objectText(registry.object)}${where}`));
  }
  if (callbackAt !== null && kind.through !== 'callback') page.field('callback', placeWords(callbackAt, baseDir));
  page.field('pattern', words(kind.pattern));
  page.field('fix', words(fix));
}

function verdict({ objects, byFinalizersAlone, through, pattern }: FinalizerKindView): string {
  const isOne = objects === 1;
  if (!byFinalizersAlone)
    return isOne ? 'reached only through its finalizer, which waits in vain' : 'reached only through their finalizers, which wait in vain';
  if (pattern === 'finalizers-hold-each-other') return "kept alive by finalizers alone, which hold each other's objects and wait in vain";
  if (through === 'callback') return `kept alive by the callback of ${isOne ? 'its' : 'their'} registry alone, which waits in vain`;
  return isOne
    ? 'kept alive by its own finalizer alone, which waits in vain'
    : 'kept alive by their own finalizers alone, which wait in vain';
}

function placeWords(frame: Frame, baseDir: string | undefined): Word[] {
  return allocatedWords([frame], baseDir);
}
