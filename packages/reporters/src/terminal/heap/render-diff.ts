import type { DiffAnswer, DiffLimitView, DiffPlaceView, SurvivorsView } from '@heaptrail/core';
import { formatBytes, formatCount, formatSignedBytes, formatSignedCount } from '../../bytes.ts';
import { escapeControlsDeep } from '../../escape-controls.ts';
import { paintAnsi, paintNothing } from '../ansi.ts';
import { word, words } from '../flow.ts';
import { Page } from '../page.ts';
import { heapHead } from './heap-head.ts';
import type { HeapLook } from './heap-page.ts';
import { objectText } from './object-words.ts';

/** `heaptrail diff`: what became more from heap to heap, and what holds it. */
export function renderDiff(unsafe: DiffAnswer, { color, width }: HeapLook): string {
  const answer = escapeControlsDeep(unsafe);
  const page = new Page(width, color ? paintAnsi : paintNothing);
  for (const heap of answer.heaps) heapHead(heap, page);
  page.blank();
  page.paragraph(headline(answer));
  for (const limit of answer.limits) page.paragraph(limitWords(limit));
  if (answer.survivors !== null) survivorSection(answer, page);
  if (answer.places !== null) placeSection(answer, page);
  page.blank();
  typeTable(answer, page);
  return page.toString();
}

function headline({ heaps }: DiffAnswer) {
  const first = heaps[0];
  const last = heaps.at(-1)!;
  const bytes = last.heldBytes - first.heldBytes;
  return [
    word(bytes > 0 ? 'GREW' : bytes < 0 ? 'SHRANK' : 'SAME SIZE', bytes > 0 ? 'suspicion' : 'good'),
    ...words(
      `${formatBytes(first.heldBytes)} → ${formatBytes(last.heldBytes)} held (${formatSignedBytes(bytes)}), ` +
        `${formatSignedCount(last.objects - first.objects)} objects`,
    ),
  ];
}

/** A limit of `--fail-on`, and what was found. */
function limitWords({ limit, found, exceeded, typeKnown }: DiffLimitView) {
  const verdict = exceeded ? word('LIMIT EXCEEDED', 'leak') : word('WITHIN LIMIT', 'good');
  return [verdict, ...words(limitText(limit, found)), ...(typeKnown ? [] : words('(the last heap has no type of this name)', 'doubt'))];
}

function limitText(limit: DiffLimitView['limit'], found: number): string {
  switch (limit.on) {
    case 'growth':
      return `held bytes changed by ${formatSignedBytes(found)}; ${formatSignedBytes(limit.bytes)} are allowed`;
    case 'survivors':
      return `survivors retain ${formatBytes(found)}; ${formatBytes(limit.bytes)} are allowed`;
    case 'survivors-of-type':
      return `${formatCount(found)} × ${limit.type} survived; ${formatCount(limit.objects)} are allowed`;
  }
}

function survivorSection({ survivors, heaps }: DiffAnswer, page: Page): void {
  if (survivors === null) return;
  page.blank();
  const what = heaps.length > 2 ? 'New in the second heap and still there in the last' : 'New since the first heap';
  page.paragraph(words(`${what}: ${formatCount(survivors.objects)} objects that retain ${formatBytes(survivors.retainedBytes)}`));
  for (const group of survivors.groups.slice(0, GROUPS_SHOWN)) survivorGroup(group, page);
  cut(survivors.groups.length, GROUPS_SHOWN, survivors.moreGroups, 'types', page);
}

/** Says what is not on the page, and how to see it: `found` are in the answer, of which the page shows a few; `beyond` are not. */
function cut(found: number, shown: number, beyond: number, what: string, page: Page): void {
  const more = Math.max(0, found - shown) + beyond;
  if (more === 0) return;
  const all = beyond === 0 ? '--json' : `--json --limit ${found + beyond}`;
  page.paragraph(words(`… and ${formatCount(more)} more ${what}; ${all} has them all`, 'doubt'));
}

const GROUPS_SHOWN = 5;
const HOLDERS_SHOWN = 2;

function survivorGroup({ type, objects, retainedBytes, largest, where, holders }: SurvivorsView, page: Page): void {
  page.blank();
  page.paragraph([word(`${formatCount(objects)} × ${type}`, 'strong'), word(`retain ${formatBytes(retainedBytes)}`, 'plain', '   ')]);
  page.field('for example', words(`${objectText(largest)}  ${where ?? ''}`));
  for (const { object, where: place, objects: held } of holders.slice(0, HOLDERS_SHOWN)) {
    const holder = object === null ? 'several objects at once, none of them alone' : `${objectText(object)}  ${place ?? ''}`;
    page.field('held by', words(`${holder}  (${formatCount(held)} of them)`));
  }
}

function placeSection({ places }: DiffAnswer, page: Page): void {
  if (places === null) return;
  page.blank();
  page.paragraph(words('Places that changed most:'));
  for (const place of places.changes.slice(0, PLACES_SHOWN)) {
    page.field(formatSignedBytes(place.shallowBytes.at(-1)! - place.shallowBytes[0]), placeWords(place));
  }
  cut(places.changes.length, PLACES_SHOWN, places.more, 'places', page);
}

const PLACES_SHOWN = 12;

function placeWords({ path, objects, entries }: DiffPlaceView) {
  const counts = entries.some((count) => count !== entries[0]) ? `${entries.join(' → ')} entries` : `${objects.join(' → ')} objects`;
  return [...path.map((step, at) => word(step, at === path.length - 1 ? 'strong' : 'plain', ' → ')), word(counts, 'faint', '   ')];
}

function typeTable({ rows, rest, unchangedTypes, by, heaps }: DiffAnswer, page: Page): void {
  const identity = by === 'identity';
  const right = (title: string) => ({ title, align: 'right' as const });
  page.table(
    [
      right('change'),
      ...heaps.map((_, at) => right(`heap ${at + 1}`)),
      right('objects'),
      ...(identity ? [right('new'), right('freed'), right('grown')] : []),
      { title: 'type', align: 'left' },
    ],
    rows.map(({ type, objects, shallowBytes, steps }) => {
      const sum = (of: (step: (typeof steps)[number]) => number): number => steps.reduce((total, step) => total + of(step), 0);
      return [
        { text: formatSignedBytes(shallowBytes.at(-1)! - shallowBytes[0]), style: 'strong' as const },
        ...shallowBytes.map((bytes) => ({ text: formatBytes(bytes) })),
        { text: formatSignedCount(objects.at(-1)! - objects[0]) },
        ...(identity
          ? [sum((s) => s.newObjects), sum((s) => s.freedObjects), sum((s) => s.grownObjects)].map((count) => ({
              text: formatCount(count),
            }))
          : []),
        { text: type },
      ];
    }),
  );
  const left =
    rest.types === 0
      ? ''
      : `… and ${formatCount(rest.types)} more types that changed (${formatSignedBytes(rest.shallowBytes)}); --limit shows more. `;
  page.paragraph(words(`${left}${formatCount(unchangedTypes)} types did not change.`, rest.types === 0 ? 'faint' : 'doubt'));
}
