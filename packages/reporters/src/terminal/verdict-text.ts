import type { Verdict } from '@heaptrail/core';
import type { Style } from './ansi.ts';

const TEXT_BY_VERDICT: Readonly<Record<Verdict, string>> = {
  leak: 'LEAK',
  suspicion: 'SUSPICION',
  'no-leak': 'NO LEAK',
  'cannot-tell': 'CANNOT TELL',
  'too-short': 'TOO SHORT',
};

const STYLE_BY_VERDICT: Readonly<Record<Verdict, Style>> = {
  leak: 'leak',
  suspicion: 'suspicion',
  'no-leak': 'good',
  'cannot-tell': 'doubt',
  'too-short': 'doubt',
};

export function verdictText(verdict: Verdict): string {
  return TEXT_BY_VERDICT[verdict];
}

export function styleOfVerdict(verdict: Verdict): Style {
  return STYLE_BY_VERDICT[verdict];
}
