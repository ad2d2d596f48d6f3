import type { Python } from '../../exhibits/find-python.ts';

/** One interpreter of each version, with a name for the titles of tests. */
export function oneOfEach(pythons: readonly Python[]): { readonly name: string; readonly python: Python }[] {
  const byName = new Map(pythons.map((python) => [python.version.join('.'), python]));
  return [...byName].map(([name, python]) => ({ name, python }));
}
