import { expect, test } from 'vitest';
import type { VariantJudgement } from './judge-exhibit.ts';
import { goalIsMet, renderTable, rowsOf } from './table.ts';

const base = { python: '3.11.7', seconds: 20 };
const YES = { found: true, line: true, holder: true, pattern: true, notes: [] };
const clean = (exhibit: string, variant: 'fixed' | 'healthy'): VariantJudgement => ({
  ...base,
  exhibit,
  variant,
  outcome: { kind: 'healthy', clean: true, wrong: [], notes: [] },
});

const right: VariantJudgement[] = [
  { ...base, exhibit: 'journal', variant: 'broken', outcome: { kind: 'broken', leaks: [YES], firstPlace: true, wrong: [], notes: [] } },
  clean('journal', 'fixed'),
  clean('lru', 'healthy'),
];

test('every question yes and nothing wrong is the goal', () => {
  expect(rowsOf(right).every(goalIsMet)).toBe(true);
  expect(renderTable(rowsOf(right))).toMatchInlineSnapshot(`
    "exhibit  python  found   first place  line    holder  pattern  twin clean  wrong
    -------  ------  ------  -----------  ------  ------  -------  ----------  -----
    journal  3.11.7  yes     yes          yes     yes     yes      yes         0
    lru      3.11.7  -       -            -       -       -        yes         0
    -------  ------  ------  -----------  ------  ------  -------  ----------  -----
    all              1 of 1  1 of 1       1 of 1  1 of 1  1 of 1   2 of 2      0
    goal             all     all          all     all     all      all         0"
  `);
});

test('a miss is said with its reason', () => {
  const missed: VariantJudgement[] = [
    {
      ...base,
      exhibit: 'two',
      variant: 'broken',
      outcome: {
        kind: 'broken',
        leaks: [YES, { ...YES, line: false, notes: ['line is a.py:3, not a.py:9'] }],
        firstPlace: false,
        wrong: ['leak Quote'],
        notes: [],
      },
    },
    { ...base, exhibit: 'two', variant: 'fixed', outcome: { kind: 'healthy', clean: false, wrong: [], notes: ['verdict is too-short'] } },
  ];
  expect(rowsOf(missed).some(goalIsMet)).toBe(false);
  expect(renderTable(rowsOf(missed))).toMatchInlineSnapshot(`
    "exhibit  python  found   first place  line    holder  pattern  twin clean  wrong
    -------  ------  ------  -----------  ------  ------  -------  ----------  -----
    two      3.11.7  2 of 2  no           1 of 2  2 of 2  2 of 2   no          1
    -------  ------  ------  -----------  ------  ------  -------  ----------  -----
    all              2 of 2  0 of 1       1 of 2  2 of 2  2 of 2   0 of 1      1
    goal             all     all          all     all     all      all         0

    two
      broken: line is a.py:3, not a.py:9
      broken: wrong: leak Quote
      fixed: verdict is too-short"
  `);
});

test('what could not run is never a yes', () => {
  const [row] = rowsOf([
    { ...base, exhibit: 'library', variant: 'broken', outcome: { kind: 'could-not-run', reason: 'pip could not install it' } },
    clean('library', 'fixed'),
  ]);
  expect(row && goalIsMet(row)).toBe(false);
  expect(row && renderTable([row])).toMatchInlineSnapshot(`
    "exhibit  python  found   first place  line    holder  pattern  twin clean  wrong
    -------  ------  ------  -----------  ------  ------  -------  ----------  -----
    library  3.11.7  ?       ?            ?       ?       ?        yes         0
    -------  ------  ------  -----------  ------  ------  -------  ----------  -----
    all              0 of 1  0 of 1       0 of 1  0 of 1  0 of 1   1 of 1      0
    goal             all     all          all     all     all      all         0

    1 programs could not run; they count as no.

    library
      broken: could not run: pip could not install it"
  `);
});
