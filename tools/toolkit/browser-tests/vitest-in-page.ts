/**
 * What test files import as `vitest` when they run in a page: vitest's own assertions (`@vitest/expect`), and as much of a
 * runner as the toolkit's tests use. Tests are collected while their files load, and run one after another.
 */
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  GLOBAL_EXPECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect';
import { format } from '@vitest/pretty-format';

export interface TestSeen {
  readonly file: string;
  readonly name: string;
  /** Undefined when it passed. */
  readonly error: string | undefined;
}

interface PageTest {
  readonly file: string;
  readonly name: string;
  readonly run: () => unknown;
}

const tests: PageTest[] = [];
const titles: string[] = [];
let file = '';

/** Each file's code begins with it: `bundleTests` sees to that. */
export function beginFile(name: string): void {
  file = name;
}

function addGroup(title: string, define: () => void): void {
  titles.push(title);
  define();
  titles.pop();
}

function addTest(name: string, run: () => unknown): void {
  tests.push({ file, name: [...titles, name].join(' > '), run });
}

export const describe = Object.assign(addGroup, { each: eachWith(addGroup) });
export const it = Object.assign(addTest, { each: eachWith(addTest) });
export const test = it;

type Run = (...args: unknown[]) => void;

/** Names are numbered instead of filled in: they are only compared. */
function eachWith(add: (name: string, run: () => void) => void): (cases: readonly unknown[]) => (name: string, run: Run) => void {
  return (cases) => (name, run) => {
    cases.forEach((each, at) => {
      add(`${name} (case ${at})`, () => (Array.isArray(each) ? run(...(each as unknown[])) : run(each)));
    });
  };
}

/** A second chance for slow machines is all that the toolkit's tests ask of it. */
export const vi = { setConfig: (): void => undefined };

export async function runTests(skipped: readonly string[]): Promise<TestSeen[]> {
  const seen: TestSeen[] = [];
  for (const { file: of, name, run } of tests) {
    if (skipped.includes(name)) continue;
    let error: string | undefined;
    try {
      await run();
    } catch (thrown) {
      error = thrown instanceof Error ? `${thrown.name}: ${thrown.message}\n${thrown.stack ?? ''}` : String(thrown);
    }
    seen.push({ file: of, name, error });
  }
  return seen;
}

export function namesOfTests(): readonly string[] {
  return tests.map(({ name }) => name);
}

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);
chai.use((_, utils) => {
  utils.addMethod(chai.Assertion.prototype, 'toMatchInlineSnapshot', function (this: object, snapshot: string) {
    const shown = format(utils.flag(this, 'object'), { printBasicPrototype: false, escapeString: false });
    chai.expect(withoutIndentation(shown)).to.equal(withoutIndentation(snapshot));
  });
  utils.addMethod(chai.Assertion.prototype, 'toThrowErrorMatchingInlineSnapshot', function (this: object, snapshot: string) {
    const run = utils.flag(this, 'object') as () => unknown;
    let shown = 'nothing was thrown';
    try {
      run();
    } catch (error) {
      shown = `[${(error as Error).name}: ${(error as Error).message}]`;
    }
    chai.expect(shown).to.equal(snapshot.trim());
  });
});

export const expect = Object.assign(
  (value: unknown, message?: string) => chai.expect(value, message),
  chai.expect,
  (globalThis as Record<symbol, unknown>)[ASYMMETRIC_MATCHERS_OBJECT],
);
setState({ assertionCalls: 0, isExpectingAssertions: false, testPath: '' }, expect as never);
(globalThis as Record<symbol, unknown>)[GLOBAL_EXPECT] = expect;

/** Sources are indented as their test is; what is printed is not. */
function withoutIndentation(text: string): string {
  const lines = text.replace(/^\n|\n\s*$/g, '').split('\n');
  const indentation = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)![0].length));
  return lines.map((line) => line.slice(indentation)).join('\n');
}
