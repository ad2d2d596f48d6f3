import type { SwellingPlace } from '../evidence/growth/index.ts';
import type { FinalizerRegistration } from '../graph/language.ts';
import type { Finding } from '../report/index.ts';
import { withoutCompanions, type FoundGrowth } from './companions.ts';
import { findingOfGrowth } from './finding-of-growth.ts';
import { findingsOfReferences, openReferences } from './finding-of-references.ts';
import { findingsOfWaiters } from './finding-of-waiters.ts';
import type { ProcessGrowth } from './growth-of-process.ts';
import type { ModuleCount } from './imports-meanwhile.ts';

/** `groups`: keys of the groups of waiters that a finding speaks of. */
export interface FoundInHeap {
  readonly finding: Finding;
  readonly groups: readonly string[];
}

/** What a process keeps, in findings and in words. */
export interface HeapAnswer {
  readonly found: readonly FoundInHeap[];
  /** What grew and is no leak, and why. */
  readonly grewBut: readonly string[];
  /** What may be a leak and cannot be told yet: it grew ever more slowly, or dumps and time are too few. Forbids to say that nothing leaks. */
  readonly openGrowth: readonly string[];
  /** What waits and is no leak, or cannot be told from one. */
  readonly waiting: readonly string[];
}

const MOST_SWELLING = 3;

/** It may be a buffer that is emptied one day: open, and no leak. */
function swellingNote({ path, objects, bytes }: SwellingPlace): string {
  const what = objects === 1 ? 'one object becomes' : `${objects} objects become`;
  return `${path.join(' → ')}: ${what} larger in every dump (${bytes.map(megabytes).join(', ')} MB). What lengthens it has to cut it, too.`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** Growth by place first, then waiters and references of native code that no growth has explained. */
export function findingsInHeap({
  result,
  waiters,
  references,
  garbage,
  modulesAt,
}: Pick<ProcessGrowth, 'result' | 'waiters' | 'references' | 'garbage'> & { readonly modulesAt?: ModuleCount }): HeapAnswer {
  if (result === undefined) return { found: [], grewBut: [], openGrowth: [], waiting: [] };
  const { graph } = result.heap;
  const finalizerByRegistration = new Map<number, FinalizerRegistration>(
    graph.language.finalizers(graph).map((each) => [each.registration, each]),
  );
  const explained = new Set<string>();
  const found: FoundGrowth[] = [];
  const grewBut: string[] = [];
  const openGrowth: string[] = [];
  for (const growth of result.growths) {
    const answer = findingOfGrowth(result, growth, finalizerByRegistration, waiters, modulesAt);
    if ('finding' in answer) {
      found.push({ finding: answer.finding, growth, groups: answer.groups });
      for (const group of answer.groups) explained.add(group);
    } else if (answer.note !== '') (answer.open ? openGrowth : grewBut).push(answer.note);
  }
  const { findings: ofWaiters, notes: waiting, open } = findingsOfWaiters(result, waiters, explained);
  const inHeap = [...withoutCompanions(found, result.heap, waiters), ...ofWaiters];
  const timesMs = garbage.map(({ atMs }) => atMs);
  const known = inHeap.map(({ finding }) => finding);
  const ofReferences = findingsOfReferences(result, references.growths, timesMs, known).map((finding) => ({ finding, groups: [] }));
  openGrowth.push(...result.swelling.slice(0, MOST_SWELLING).map(swellingNote), ...open, ...openReferences(references.open, known));
  return { found: [...inHeap, ...ofReferences], grewBut, openGrowth, waiting };
}
