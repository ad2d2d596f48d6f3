import type { HeapPath, HeapPathStep, StepRepeats } from '@heaptrail/core';
import { formatBytes, formatCount } from '../../bytes.ts';
import { word, type Word } from '../flow.ts';

/**
 * A retaining path, root first, with the handle and retained size of its last object. Steps that repeat stand once, with the
 * number of repetitions and the first and last object: `→ .next × 118 (Link, n-1 … n-118)`, `→ (.a (A) → .b (B)) × 9 (n-1 … n-18)`.
 */
export function heapPathWords(path: HeapPath): Word[] {
  const words: Word[] = [];
  for (let at = 0; at < path.length; at++) {
    const { repeats } = path[at];
    if (repeats === undefined) words.push(...stepWords(path[at], path[at].step, stepDetails(path[at], at === path.length - 1)));
    else {
      const end = at + repeats.steps;
      words.push(...repeatedWords(path.slice(at, end), repeats, end === path.length));
      at = end - 1;
    }
  }
  return words;
}

function stepWords(step: HeapPathStep, name: string, details: readonly string[], after = ''): Word[] {
  const nameWord = (text: string): Word => word(text, styleOf(step), ' → ', step.suspect);
  return details.length === 0 ? [nameWord(`${name}${after}`)] : [nameWord(name), word(`(${details.join(', ')})${after}`, 'faint')];
}

function repeatedWords(unit: readonly HeapPathStep[], { times, first, last }: StepRepeats, isLast: boolean): Word[] {
  const repeated = ` × ${formatCount(times)}`;
  const objects = [`${first} … ${last}`, ...(isLast ? [formatBytes(unit.at(-1)!.object.retainedBytes)] : [])];
  if (unit.length === 1) return stepWords(unit[0], `${unit[0].step}${repeated}`, [...typeDetails(unit[0]), ...objects]);
  const names = unit.flatMap((step, i) =>
    stepWords(step, `${i === 0 ? '(' : ''}${step.step}`, typeDetails(step), i === unit.length - 1 ? `)${repeated}` : ''),
  );
  return [...names, word(`(${objects.join(', ')})`, 'faint')];
}

function stepDetails(step: HeapPathStep, isLast: boolean): string[] {
  const { handle, retainedBytes } = step.object;
  return [...typeDetails(step), isLast ? `${handle}, ${formatBytes(retainedBytes)}` : handle];
}

function typeDetails({ step, type, status, reason }: HeapPathStep): string[] {
  const details: string[] = [];
  const shortType = type.slice(type.lastIndexOf('.') + 1);
  // A global object is named as its type is, without a tail.
  if (!(type === 'module' || type === 'type' || step.includes(shortType) || type.startsWith(`${step} `))) details.push(type);
  if (status === 'leaking' && reason !== undefined) details.push(`leaking: ${reason}`);
  return details;
}

function styleOf({ status, suspect }: HeapPathStep): Word['style'] {
  if (suspect) return 'suspect';
  if (status === 'leaking') return 'leaking';
  return status === 'unknown' ? 'plain' : 'faint';
}
