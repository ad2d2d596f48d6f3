import { checkTree } from './imports/check-tree.ts';
import { DEBTS } from './imports/import-rules.ts';

/** `tsx tools/check-imports.ts`: holds every import against the table in `imports/import-rules.ts`. */
const problems = checkTree(process.cwd());
for (const problem of problems) console.error(problem);
for (const debt of DEBTS) console.log(`debt: ${debt.file} imports ${debt.imports}: ${debt.why}`);
console.log(
  problems.length === 0 ? `Imports are as the table allows, with ${DEBTS.length} debts.` : `${problems.length} forbidden imports.`,
);
if (problems.length > 0) process.exitCode = 1;
