import type { HeapPath, HeapPathStep } from '@heaptrail/core';
import { formatBytes } from '../../bytes.ts';
import { word, type Word } from '../flow.ts';

/** A retaining path, root first, with the handle and retained size of its last object. */
export function heapPathWords(path: HeapPath): Word[] {
  return path.flatMap((step, at) => {
    const details = stepDetails(step, at === path.length - 1);
    const name = word(step.step, styleOf(step), ' → ', step.suspect);
    return details === '' ? [name] : [name, word(`(${details})`, 'faint')];
  });
}

function stepDetails({ step, type, status, reason, object }: HeapPathStep, isLast: boolean): string {
  const details: string[] = [];
  const shortType = type.slice(type.lastIndexOf('.') + 1);
  if (!(type === 'module' || type === 'type' || step.includes(shortType))) details.push(type);
  if (status === 'leaking' && reason !== undefined) details.push(`leaking: ${reason}`);
  details.push(isLast ? `${object.handle}, ${formatBytes(object.retainedBytes)}` : object.handle);
  return details.join(', ');
}

function styleOf({ status, suspect }: HeapPathStep): Word['style'] {
  if (suspect) return 'suspect';
  if (status === 'leaking') return 'leaking';
  return status === 'unknown' ? 'plain' : 'faint';
}
