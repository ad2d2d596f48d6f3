import { runGcTrials } from '@heaptrail/capture';
import { OWN_SETTING, summarizeGcTrials, type GcTrialAnswer } from '@heaptrail/core';
import { renderGcTrials, renderJsonDocument } from '@heaptrail/reporters';
import { storeReport } from '../analysis/store-report.ts';
import type { GcFlags } from '../commands/gc.ts';
import { checkJsonTarget } from '../output/check-json-target.ts';
import { terminalLook } from '../output/terminal.ts';
import { TrialLine } from '../output/trial-line.ts';
import { writeAll } from '../output/write-all.ts';

/** What `--json` gives. */
interface GcDocument {
  readonly schema: 'heaptrail-gc/1';
  readonly command: 'gc';
  readonly answer: GcTrialAnswer;
}

/** The usual advice: Python's old default, three that are recommended, and freezing what is there after the start. */
const USUAL_SETTINGS = ['700,10,10', '1000,15,15', '25000,10,10', '500,5,5', 'freeze'];

export async function tryGcSettings(command: readonly string[], { rounds, setting, showOutput, json, color }: GcFlags): Promise<void> {
  if (typeof json === 'string') checkJsonTarget(json);
  const settings = [OWN_SETTING, ...(setting ?? USUAL_SETTINGS)];
  const line = new TrialLine(rounds);
  let answer: GcTrialAnswer;
  try {
    answer = summarizeGcTrials(
      await runGcTrials({ command, settings, rounds, showOutput: showOutput === true, tell: line.tell }),
      settings,
    );
  } finally {
    line.clear();
  }
  const document: GcDocument = { schema: 'heaptrail-gc/1', command: 'gc', answer };
  const text = renderJsonDocument(document);
  if (json === true || json === '-') {
    writeAll(1, text);
    return;
  }
  if (json !== undefined) storeReport(json, text);
  writeAll(1, renderGcTrials(answer, terminalLook(1, color)));
}
