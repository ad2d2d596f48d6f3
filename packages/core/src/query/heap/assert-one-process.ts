import type { HeapDifference } from '../../graph/difference/index.ts';
import type { HeapSummary } from '../../report/index.ts';
import { HeapsApartError } from './heaps-apart-error.ts';

/** In heaps of one process an id never changes its type, and start-up alone leaves a great part of both in place; measured: 0 %, and 73 % and more. */
const MOST_OF_OTHER_TYPE = 0.05;
const LEAST_IN_COMMON = 0.02;
/** Fewer objects may all have gone from one heap to the next. */
const FEWEST_OBJECTS = 1000;

/** Ids of V8 begin anew in every process, and so do addresses: objects of two processes with one number have nothing to do with each other. */
export function assertOneProcess({ steps }: HeapDifference, heaps: readonly HeapSummary[], isId: boolean): void {
  steps.forEach(({ sameAddress, otherType }, i) => {
    const [earlier, later] = [heaps[i], heaps[i + 1]];
    const smaller = Math.min(earlier.objects, later.objects);
    if (smaller < FEWEST_OBJECTS) return;
    const why =
      isId && otherType > MOST_OF_OTHER_TYPE * sameAddress
        ? `they are of different processes (${Math.round((100 * otherType) / sameAddress)} % of the objects with one id are of another type)`
        : sameAddress < LEAST_IN_COMMON * smaller
          ? `they are of different processes (of ${smaller} objects ${sameAddress} are in both)`
          : undefined;
    if (why !== undefined) throw new HeapsApartError(earlier.file, later.file, why, 'Compare them by type and place: diff --runs.');
  });
}

/** Types and places of two languages have no names in common. */
export function assertOneRuntime(heaps: readonly HeapSummary[]): void {
  const [first] = heaps;
  const other = heaps.find(({ runtime }) => runtime.name !== first.runtime.name);
  if (other !== undefined)
    throw new HeapsApartError(
      first.file,
      other.file,
      `one is of ${first.runtime.name}, the other of ${other.runtime.name}`,
      'Name heaps of one program.',
    );
}
