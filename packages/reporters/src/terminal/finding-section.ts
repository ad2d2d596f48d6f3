import type { Finding, PathStep, RetainingPath } from '@heaptrail/core';
import { formatBytesInterval, formatBytesPerSecond, formatNumber, formatSigned } from '../bytes.ts';
import { frameWords } from './frames.ts';
import { word, words, type Word } from './flow.ts';
import type { Page } from './page.ts';

const FRAMES_SHOWN = 6;
const SITES_SHOWN = 4;
const HOLDERS_SHOWN = 3;

/** One finding as a person reads it: what grows, which line makes it, what holds it, what the mistake is, how to mend it. */
export function findingSection(finding: Finding, page: Page): void {
  page.paragraph(headline(finding));
  allocationFields(finding, page);
  if (finding.heldBy.length > 0) page.field('held by', pathWords(finding.heldBy), growthNote(finding));
  for (const holder of finding.otherHolders.slice(0, HOLDERS_SHOWN)) page.field('also held', pathWords(holder));
  const hidden = finding.otherHolders.length - HOLDERS_SHOWN;
  if (hidden > 0) page.field('', words(`and by ${hidden} more, listed in report.json`, 'faint'));
  if (finding.counter !== undefined) {
    const { name, before, after } = finding.counter;
    page.field('counter', words(`${name} ${formatCount(before)} → ${formatCount(after)}`));
  }
  page.field('pattern', pattern(finding));
  if (finding.knownLibraryLeak !== null) {
    const { package: name, versions, link } = finding.knownLibraryLeak;
    page.field('known leak', words(`${name} ${versions}, ${link}`));
  }
  if (finding.fix !== null) page.field('fix', words(finding.fix));
  if (finding.evidence.length > 0) page.field('evidence', words(finding.evidence.join('; ')));
  if (finding.against.length > 0) page.field('against', words(finding.against.join('; ')));
  page.field('fingerprint', words(finding.fingerprint));
}

function headline({ kind, type, growth, confidence }: Finding): Word[] {
  const interval = growth.interval === null ? '' : ` (${formatBytesInterval(growth.interval)})`;
  const unit = growth.perUnitOfWork === null ? [] : [word(`${formatNumber(growth.perUnitOfWork)} per unit of work`, 'plain', '  ')];
  return [
    word(kind === 'leak' ? 'LEAK' : 'SUSPICION', kind),
    word(type, 'strong', '  '),
    word(`${formatSigned(growth.objectsPerSecond)} objects/s`, 'plain', '  '),
    word(`${formatBytesPerSecond(growth.bytesPerSecond)}${interval}`, 'plain', '  '),
    ...unit,
    word(`grew in ${growth.grewIn} of ${growth.dumps} dumps`, 'plain', '   '),
    word(`confidence ${confidence}`, 'plain', '   '),
  ];
}

function allocationFields({ allocated: [innermost, ...callers], sites, joined }: Finding, page: Page): void {
  if (innermost !== undefined) {
    const share = joined === null ? [] : [word(`(${joined.withThisSite} of ${joined.objects} objects)`, 'faint', '   ')];
    page.field('allocated', [...frameWords(innermost, 'strong', ' '), ...share, ...callerWords(callers)]);
  } else if (sites.length === 0) {
    page.field('allocated', words('not known', 'faint'));
  } else {
    page.field('allocated', words(`at ${sites.length} sites, none of which made half of the objects:`, 'faint'));
    for (const site of sites.slice(0, SITES_SHOWN)) page.field('', siteWords(site));
    if (sites.length > SITES_SHOWN) page.field('', words(`and ${sites.length - SITES_SHOWN} more, listed in report.json`, 'faint'));
  }
}

function siteWords({ frames: [innermost, ...callers], objects, share }: Finding['sites'][number]): Word[] {
  const where = innermost === undefined ? words('not known', 'faint') : frameWords(innermost, 'strong', ' ');
  return [word(percent(share)), ...where, word(`(${objects} objects)`, 'faint', '   '), ...callerWords(callers.slice(0, 1))];
}

function callerWords(callers: Finding['allocated']): Word[] {
  const shown = callers.slice(0, FRAMES_SHOWN).flatMap((frame) => frameWords(frame, 'plain', ' ← '));
  return callers.length > FRAMES_SHOWN ? [...shown, word('…', 'plain', ' ← ')] : shown;
}

function pathWords(path: RetainingPath): Word[] {
  return path.flatMap((step) => {
    const details = stepDetails(step);
    const name = word(step.step, stepStyle(step), ' → ', step.suspect);
    return details === '' ? [name] : [name, word(`(${details})`, 'faint')];
  });
}

function stepDetails({ step, type, size, status, reason }: PathStep): string {
  const details: string[] = [];
  const shortType = type.slice(type.lastIndexOf('.') + 1);
  if (size !== undefined || !(type === 'module' || type === 'type' || step.includes(shortType))) details.push(type);
  if (size !== undefined) details.push(size === 1 ? '1 entry' : `${size} entries`);
  if (status === 'leaking' && reason !== undefined) details.push(`leaking: ${reason}`);
  return details.join(', ');
}

function stepStyle({ suspect, status }: PathStep): Word['style'] {
  if (suspect) return 'suspect';
  if (status === 'leaking') return 'leaking';
  return status === 'unknown' ? 'plain' : 'faint';
}

function growthNote({ growth: { grewIn, dumps } }: Finding): string | undefined {
  if (dumps === 0 || grewIn === 0) return undefined;
  return grewIn === dumps ? 'grows in every dump' : `grew in ${grewIn} of ${dumps} dumps`;
}

function pattern({ pattern: id, patternTitle, title }: Finding): Word[] {
  if (id === null) return words(`none that is known: ${title}`);
  return [word(patternTitle === null ? id : `${id}:`, 'strong'), ...words(patternTitle ?? '')];
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function formatCount(value: number): string {
  return Number.isInteger(value) ? String(value) : formatNumber(value);
}
