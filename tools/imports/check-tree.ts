import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { walkFiles } from '../walk-files.ts';
import { findCycles } from './find-cycles.ts';
import { DEBTS, IMPORT_RULES, type ImportDebt, type ImportRule } from './import-rules.ts';
import { readSourceFacts } from './read-imports.ts';

const WORKSPACE_ENTRY_BY_NAME: ReadonlyMap<string, string> = new Map([
  ['@heaptrail/core', 'packages/core/src/index.ts'],
  ['@heaptrail/capture', 'packages/capture/src/index.ts'],
  ['@heaptrail/reporters', 'packages/reporters/src/index.ts'],
]);

export interface TreeRules {
  readonly rules: readonly ImportRule[];
  readonly debts: readonly ImportDebt[];
}

/** Everything wrong with the imports below `root`, one sentence each, in a fixed order. */
export function checkTree(root: string, { rules, debts }: TreeRules = { rules: IMPORT_RULES, debts: DEBTS }): string[] {
  const files = walkFiles(root).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  const problems: string[] = [];
  const importsByFile = new Map<string, string[]>();
  const unusedDebts = new Set(debts);

  for (const file of files) {
    const facts = readSourceFacts(file, readFileSync(join(root, file), 'utf8'));
    const rule = ruleOf(file, rules);
    if (rule === undefined) {
      problems.push(`${file}: no rule covers this folder; add one to tools/imports/import-rules.ts`);
      continue;
    }
    const forTests = isTestFile(file);
    const runtimeImports: string[] = [];
    for (const { specifier, line, typeOnly } of facts.imports) {
      const target = resolve(file, specifier);
      const debt = debts.find((entry) => entry.file === file && entry.imports === (target ?? specifier));
      if (debt !== undefined) unusedDebts.delete(debt);
      else if (!forTests) problems.push(...complaints(rule, file, line, specifier, target));
      if (target !== undefined && !typeOnly) runtimeImports.push(target);
    }
    if (forTests) continue;
    importsByFile.set(file, runtimeImports);
    if (rule.pure === true) {
      problems.push(
        ...facts.impureUses.map((use) => `${file}:${use.line}: ${use.name} in a pure folder; take what it gives as a parameter`),
      );
    }
  }
  for (const group of findCycles(importsByFile)) problems.push(`cycle: ${group.join(' -> ')}`);
  for (const debt of unusedDebts) problems.push(`debt paid: ${debt.file} no longer imports ${debt.imports}; take it off the list`);
  return problems;
}

/** Tests, and the samples made for them, may reach into any layer; nothing else may import them. */
export function isTestFile(file: string): boolean {
  return /\.(test|slow)\.ts$|\/testing\/|\/sample-[^/]*\.ts$/.test(file);
}

function ruleOf(file: string, rules: readonly ImportRule[]): ImportRule | undefined {
  return rules.filter((rule) => isInside(file, rule.from)).sort((a, b) => b.from.length - a.from.length)[0];
}

function complaints(rule: ImportRule, file: string, line: number, specifier: string, target: string | undefined): string[] {
  if (target === undefined) {
    const allowed = rule.packages.some((name) => specifier === name || specifier.startsWith(name === 'node:' ? name : `${name}/`));
    return allowed ? [] : [`${file}:${line}: ${rule.from} may not import the package ${specifier}`];
  }
  if (isTestFile(target)) return [`${file}:${line}: imports ${target}, which is for tests`];
  if (isInside(target, rule.from) || rule.may.some((folder) => isInside(target, folder))) return [];
  return [`${file}:${line}: ${rule.from} may not import ${target}`];
}

/** A path of this repository, or undefined for a package from outside. */
function resolve(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return posix.normalize(posix.join(posix.dirname(file), specifier));
  return WORKSPACE_ENTRY_BY_NAME.get(specifier);
}

function isInside(file: string, folder: string): boolean {
  return file === folder || file.startsWith(`${folder}/`);
}
