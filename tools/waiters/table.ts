import { alignedColumns } from '../aligned-columns.ts';
import type { ProgramJudgement } from './judge-program.ts';
import type { ProgramKind } from './program.ts';
import type { ProgramResult } from './run-program.ts';

/** The results as a table, one program a line, and what was wrong below it. `seconds` is how long each was watched. */
export function renderTable(results: readonly ProgramResult[], seconds: number): string {
  const rows = results.map(({ program, python, judgement }) => [
    program.name,
    program.kind,
    python,
    judgement === undefined ? '-' : String(judgement.dumps),
    inAWord({ program, judgement }),
    judgement === undefined ? '' : `${judgement.waiters.length} of waiters, ${judgement.others.length} other${mentioned(judgement)}`,
  ]);
  const head = ['program', 'kind', 'python', 'dumps', 'result', 'findings'];
  const details = results.flatMap(({ program, judgement, reason }) => {
    const said =
      reason === undefined
        ? judgement?.isRight === false
          ? judgement.waiters.length > 0
            ? judgement.waiters
            : ['nothing of the kind was reported']
          : []
        : [reason];
    const notes = (judgement?.mentioned ?? []).map((text) => `note: ${text}`);
    return [...said, ...notes].map((text) => `  ${program.name}: ${text}`);
  });
  return [...alignedColumns([head, ...rows]), '', `${summary(results)} (${seconds} s each)`, ...details].join('\n');
}

function mentioned({ mentioned: { length } }: ProgramJudgement): string {
  return length === 0 ? '' : `, ${length} ${length === 1 ? 'note' : 'notes'}`;
}

export function inAWord({ program, judgement }: Pick<ProgramResult, 'program' | 'judgement'>): string {
  if (judgement === undefined) return 'could not run';
  if (program.isLeaky) return judgement.isRight ? 'found' : 'NOT FOUND';
  return judgement.isRight ? 'clean' : 'REPORTED';
}

function summary(results: readonly ProgramResult[]): string {
  const ran = results.filter(({ judgement }) => judgement !== undefined);
  const count = (kind: ProgramKind, isRight: boolean): number =>
    ran.filter(({ program, judgement }) => program.kind === kind && judgement?.isRight === isRight).length;
  const healthy = (kind: ProgramKind): string => `${count(kind, true)} clean, ${count(kind, false)} reported`;
  return [
    `healthy: ${healthy('healthy')}`,
    `leaky: ${count('leaky', true)} found, ${count('leaky', false)} not found`,
    `their clean twins: ${healthy('twin')}`,
    `${results.length - ran.length} could not run`,
  ].join('; ');
}
