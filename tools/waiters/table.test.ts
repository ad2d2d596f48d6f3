import { expect, test } from 'vitest';
import type { Program, ProgramKind } from './program.ts';
import type { ProgramResult } from './run-program.ts';
import { renderTable } from './table.ts';

const result = (name: string, kind: ProgramKind, more: Partial<ProgramResult>): ProgramResult => ({
  program: { name, kind, isLeaky: kind === 'leaky', file: '', needs: [], python: '', expect: [], lines: [] } satisfies Program,
  python: '3.12.1',
  judgement: undefined,
  reason: undefined,
  ...more,
});
const judged = (isRight: boolean, ...waiters: readonly string[]): Pick<ProgramResult, 'judgement'> => ({
  judgement: {
    isRight,
    verdict: 'leak',
    waiters,
    others: [],
    mentioned: isRight && waiters.length === 0 ? ['2 greenlets: what wakes them is not known, and is not judged.'] : [],
    dumps: 9,
  },
});

test('the table has a line for each program, sums by kind, and says what was wrong', () => {
  const table = renderTable(
    [
      result('idle', 'healthy', judged(true)),
      result('pools', 'healthy', judged(false, 'leak, high: thread-never-ends: …')),
      result('lost', 'leaky', judged(true, 'leak, high: task-never-wakes: …')),
      result('silent', 'leaky', judged(false)),
      result('no_pip', 'twin', { reason: 'pip could not install' }),
    ],
    60,
  );
  expect(table).toMatchInlineSnapshot(`
    "program  kind     python  dumps  result         findings
    idle     healthy  3.12.1  9      clean          0 of waiters, 0 other, 1 note
    pools    healthy  3.12.1  9      REPORTED       1 of waiters, 0 other
    lost     leaky    3.12.1  9      found          1 of waiters, 0 other
    silent   leaky    3.12.1  9      NOT FOUND      0 of waiters, 0 other
    no_pip   twin     3.12.1  -      could not run

    healthy: 1 clean, 1 reported; leaky: 1 found, 1 not found; their clean twins: 0 clean, 0 reported; 1 could not run (60 s each)
      idle: note: 2 greenlets: what wakes them is not known, and is not judged.
      pools: leak, high: thread-never-ends: …
      silent: nothing of the kind was reported
      no_pip: pip could not install"
  `);
});
