import { alignedColumns, columnWidths } from '../aligned-columns.ts';
import type { VariantJudgement } from './judge-exhibit.ts';

export interface Row {
  readonly exhibit: string;
  readonly python: string;
  /** Undefined where the question does not arise: a healthy program has no line. */
  readonly found: Share | undefined;
  readonly firstPlace: Share | undefined;
  readonly line: Share | undefined;
  readonly holder: Share | undefined;
  readonly pattern: Share | undefined;
  readonly twinClean: Share | undefined;
  readonly wrong: number;
  readonly couldNotRun: number;
  readonly notes: readonly string[];
}

export interface Share {
  readonly yes: number;
  readonly of: number;
}

const QUESTIONS = ['found', 'firstPlace', 'line', 'holder', 'pattern', 'twinClean'] as const;
const HEADINGS = ['exhibit', 'python', 'found', 'first place', 'line', 'holder', 'pattern', 'twin clean', 'wrong'] as const;

/** One row for each exhibit, in the order of the judgements. */
export function rowsOf(judgements: readonly VariantJudgement[]): Row[] {
  const names = [...new Set(judgements.map(({ exhibit }) => exhibit))];
  return names.map((name) =>
    rowOf(
      name,
      judgements.filter(({ exhibit }) => exhibit === name),
    ),
  );
}

function rowOf(exhibit: string, judgements: readonly VariantJudgement[]): Row {
  const broken = judgements.flatMap(({ outcome }) => (outcome.kind === 'broken' ? [outcome] : []));
  const healthy = judgements.flatMap(({ outcome }) => (outcome.kind === 'healthy' ? [outcome] : []));
  const leaks = broken.flatMap((outcome) => outcome.leaks);
  const notRun = judgements.filter(({ outcome }) => outcome.kind === 'could-not-run');
  // What could not run is asked like the others, and the answer is no.
  const noLeaks = notRun.filter(({ variant }) => variant === 'broken').map(() => false);
  const noTwins = notRun.filter(({ variant }) => variant !== 'broken').map(() => false);
  return {
    exhibit,
    python: [...new Set(judgements.map(({ python }) => python))].join(' '),
    found: share([...leaks.map(({ found }) => found), ...noLeaks]),
    firstPlace: share([...broken.map(({ firstPlace }) => firstPlace), ...noLeaks]),
    line: share([...leaks.map(({ line }) => line), ...noLeaks]),
    holder: share([...leaks.map(({ holder }) => holder), ...noLeaks]),
    pattern: share([...leaks.map(({ pattern }) => pattern), ...noLeaks]),
    twinClean: share([...healthy.map(({ clean }) => clean), ...noTwins]),
    wrong: [...broken, ...healthy].reduce((sum, { wrong }) => sum + wrong.length, 0),
    couldNotRun: notRun.length,
    notes: judgements.flatMap(({ variant, outcome }) => notesOf(outcome).map((note) => `${variant}: ${note}`)),
  };
}

function notesOf(outcome: VariantJudgement['outcome']): readonly string[] {
  switch (outcome.kind) {
    case 'could-not-run':
      return [`could not run: ${outcome.reason}`];
    case 'broken':
      return [...outcome.leaks.flatMap(({ notes }) => notes), ...outcome.wrong.map((text) => `wrong: ${text}`), ...outcome.notes];
    case 'healthy':
      return [...outcome.wrong.map((text) => `wrong: ${text}`), ...outcome.notes];
  }
}

function share(answers: readonly boolean[]): Share | undefined {
  return answers.length === 0 ? undefined : { yes: answers.filter(Boolean).length, of: answers.length };
}

/** True when every question that arises is answered yes, nothing is wrong and everything ran. */
export function goalIsMet(row: Row): boolean {
  return (
    row.wrong === 0 &&
    row.couldNotRun === 0 &&
    QUESTIONS.every((question) => row[question] === undefined || row[question].yes === row[question].of)
  );
}

/** The table beside its goal, then what the numbers do not say. */
export function renderTable(rows: readonly Row[]): string {
  const total = totalOf(rows);
  const sums = [cells(total), ['goal', '', 'all', 'all', 'all', 'all', 'all', 'all', '0']];
  const all = [HEADINGS, ...rows.map(cells), ...sums];
  const rule = columnWidths(all)
    .map((width) => '-'.repeat(width))
    .join('  ');
  const [headings, ...lines] = alignedColumns(all);
  const notes = rows
    .filter((row) => row.notes.length > 0)
    .map((row) => `${row.exhibit}\n${row.notes.map((note) => `  ${note}`).join('\n')}`);
  const table = [headings, rule, ...lines.slice(0, rows.length), rule, ...lines.slice(rows.length)];
  return [
    ...table,
    ...(total.couldNotRun > 0 ? ['', `${total.couldNotRun} programs could not run; they count as no.`] : []),
    ...(notes.length > 0 ? ['', ...notes] : []),
  ].join('\n');
}

export function totalOf(rows: readonly Row[]): Row {
  const sum = (question: (typeof QUESTIONS)[number]): Share | undefined => {
    const shares = rows.flatMap((row) => row[question] ?? []);
    return shares.length === 0 ? undefined : shares.reduce((a, b) => ({ yes: a.yes + b.yes, of: a.of + b.of }));
  };
  return {
    exhibit: 'all',
    python: '',
    found: sum('found'),
    firstPlace: sum('firstPlace'),
    line: sum('line'),
    holder: sum('holder'),
    pattern: sum('pattern'),
    twinClean: sum('twinClean'),
    wrong: rows.reduce((wrong, row) => wrong + row.wrong, 0),
    couldNotRun: rows.reduce((count, row) => count + row.couldNotRun, 0),
    notes: [],
  };
}

function cells(row: Row): string[] {
  return [row.exhibit, row.python, ...QUESTIONS.map((question) => answer(row[question], row)), String(row.wrong)];
}

function answer(asked: Share | undefined, row: Row): string {
  if (asked === undefined) return '-';
  if (asked.yes === 0 && row.couldNotRun > 0 && row.exhibit !== 'all') return '?';
  if (row.exhibit !== 'all' && asked.of === 1) return asked.yes === 1 ? 'yes' : 'no';
  return `${asked.yes} of ${asked.of}`;
}
