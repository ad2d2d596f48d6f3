import type { HeapReport, HeapSummary, SuspectView } from '@heaptrail/core';
import { formatBytes, formatCount, formatShare } from '../../bytes.ts';
import { escapeControlsDeep } from '../../escape-controls.ts';
import { word, words } from '../flow.ts';
import type { Page } from '../page.ts';
import { allocatedWords } from './allocated-words.ts';
import { heapPage, type HeapLook } from './heap-page.ts';
import { objectText } from './object-words.ts';
import { heapPathWords } from './path-words.ts';
import { cycleSection } from './render-cycles.ts';
import { dominatorTable } from './render-dominators.ts';
import { finalizerSection } from './render-finalizers.ts';
import { histogramTable } from './render-histogram.ts';

/** `heaptrail analyze FILE` of a heap: what keeps most of it first, the tables after that. */
export function renderHeapReport(heap: HeapSummary, unsafeReport: HeapReport, look: HeapLook): string {
  const report = escapeControlsDeep(unsafeReport);
  const page = heapPage(heap, look);
  finalizerSection(report.finalizers, page, look.baseDir);
  for (const suspect of report.suspects.suspects) {
    page.blank();
    suspectLines(suspect, report, page, look.baseDir);
  }
  section('What keeps how much alive', page);
  dominatorTable(report.dominators, page);
  section('Types', page);
  histogramTable(heap, report.histogram, page);
  section('Cycles', page);
  cycleSection(report.cycles, page);
  garbageSection(heap, report, page);
  page.blank();
  page.paragraph(words('One heap shows what is there, not what grows: "heaptrail diff" compares two or more of one process.', 'faint'));
  return page.toString();
}

function section(title: string, page: Page): void {
  page.blank();
  page.paragraph([word(title, 'strong')]);
}

const SHOWN_BELOW = 3;

function suspectLines(suspect: SuspectView, { suspects }: HeapReport, page: Page, baseDir: string | undefined): void {
  const { kind, passes, type, objects, retainedBytes, sample, pilesUpIn, path, omittedSteps, owner, allocated } = suspect;
  const what = objects === 1 && sample[0] !== undefined ? objectText(sample[0]) : `${formatCount(objects)} × ${type}`;
  page.paragraph([
    word(passes ? 'SUSPECT' : 'LARGEST', passes ? 'suspicion' : 'label'),
    word(what, 'strong', '  '),
    word(`${formatBytes(retainedBytes)}, ${formatShare(retainedBytes, suspects.usedBytes)} of the heap`, 'plain', '   '),
  ]);
  if (path.length > 0)
    page.field(
      'held by',
      heapPathWords(path),
      omittedSteps > 0 ? `${formatCount(omittedSteps)} steps in the middle are not shown` : undefined,
    );
  else page.field('held by', words('no path from a root: something that the file does not show'));
  if (pilesUpIn !== null) {
    const { object, below, belowObjects, chainedObjects, members, coveredMembers } = pilesUpIn;
    const contents = below
      .filter((each) => each.retainedBytes > 0)
      .slice(0, SHOWN_BELOW)
      .map((each) => `${formatCount(each.objects)} × ${each.type} (${formatBytes(each.retainedBytes)})`);
    const chain = chainedObjects > 0 ? [`a chain of ${formatCount(chainedObjects)} objects`] : [];
    const cover = kind === 'group' && coveredMembers < members ? [`${formatShare(coveredMembers, members)} of them`] : [];
    const rest = belowObjects > below.slice(0, SHOWN_BELOW).reduce((sum, each) => sum + each.objects, 0) ? ['…'] : [];
    page.field('piles up in', words([objectText(object), ...chain, ...cover, ...contents, ...rest].join(', ')));
  }
  if (owner !== null) page.field('owner', words(owner.name));
  if (allocated.length > 0) page.field('allocated', allocatedWords(allocated, baseDir));
}

function garbageSection(heap: HeapSummary, { garbage }: HeapReport, page: Page): void {
  if (heap.garbage === null || heap.garbage.objects === 0) return;
  section('Garbage', page);
  page.paragraph(
    words(
      `${formatCount(heap.garbage.objects)} objects (${formatBytes(heap.garbage.bytes)}) that nothing holds and that were not freed yet:`,
    ),
  );
  page.table(
    [
      { title: 'shallow', align: 'right' },
      { title: 'objects', align: 'right' },
      { title: 'type', align: 'left' },
    ],
    garbage.map(({ type, objects, shallowBytes }) => [{ text: formatBytes(shallowBytes) }, { text: formatCount(objects) }, { text: type }]),
  );
}
