import { join } from 'node:path';
import { renderTerminal } from '@heaptrail/reporters';
import { analyseFolder } from '../analysis/analyse-folder.ts';
import { storeReport } from '../analysis/store-report.ts';
import type { AnalyzeFlags } from '../commands/analyze.ts';
import { fails, LEAK_EXIT_CODE } from '../options/fail-on.ts';
import { terminalLook } from '../output/terminal.ts';
import { writeAnswer } from '../output/write-answer.ts';

/** The report of a session folder, shown, stored and judged as the flags say. Gives the exit code. */
export async function analyseSessionFolder(folder: string, flags: AnalyzeFlags): Promise<number> {
  const { report, json } = await analyseFolder(folder);
  const toStandardOutput = flags.json === true || flags.json === '-';
  if (flags.write === true) storeReport(join(folder, 'report.json'), json);
  if (flags.json !== undefined && !toStandardOutput) storeReport(flags.json, json);
  if (toStandardOutput) writeAnswer(json);
  else if (flags.quiet !== true)
    writeAnswer(renderTerminal(report, { ...terminalLook(1, flags.color), outDir: folder, baseDir: process.cwd() }));
  return fails(report, flags.failOn) ? LEAK_EXIT_CODE : 0;
}
