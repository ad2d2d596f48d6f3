import type { HeapSummary } from '@heaptrail/core';
import { renderJsonDocument, type HeapLook } from '@heaptrail/reporters';
import { storeReport } from '../analysis/store-report.ts';
import { checkJsonTarget } from '../output/check-json-target.ts';
import { terminalLook } from '../output/terminal.ts';
import { writeAnswer } from '../output/write-answer.ts';
import type { HeapFlags } from './heap-flags.ts';

/** Everything that a command on heap files answers, as `--json` gives it. */
export interface HeapDocument<Answer> {
  readonly schema: 'heaptrail-heap/1';
  readonly command: string;
  readonly heap: HeapSummary;
  readonly answer: Answer;
}

/** Throws before anything is read when the answer could not be written. */
export function checkAnswerTarget({ json }: HeapFlags): void {
  if (typeof json === 'string') checkJsonTarget(json);
}

/** The answer on standard output: as a page, or as JSON where that was asked for; with a file for the JSON, both. */
export function printAnswer<Answer>(document: HeapDocument<Answer>, flags: HeapFlags, render: (look: HeapLook) => string): void {
  const json = (): string => renderJsonDocument(document);
  if (flags.json === true || flags.json === '-') {
    writeAnswer(json());
    return;
  }
  if (flags.json !== undefined) storeReport(flags.json, json());
  writeAnswer(render({ ...terminalLook(1, flags.color), baseDir: process.cwd() }));
}
