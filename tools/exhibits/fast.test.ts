import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { loadExhibits, type Exhibit } from './exhibit.ts';
import { findPythons } from './find-python.ts';
import { variantTasks, type VariantJudgement } from './judge-exhibit.ts';
import { runAtOnce } from './run-at-once.ts';
import { goalIsMet, renderTable, rowsOf } from './table.ts';

// Real programs under the real command, as `npm run exhibits -- --fast` does it, only shorter. Two at a time: there are two cores.
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SECONDS = 16;
const AT_ONCE = 2;
const LONGEST_MS = 6 * 60_000;

const exhibits = loadExhibits(join(ROOT, 'exhibits')).filter(({ fast }) => fast);
const stop = new AbortController();
afterAll(() => stop.abort());

const judgementsByExhibit = startAll(exhibits);

describe('the fast exhibits', () => {
  test('are all there', () => {
    expect(exhibits.length).toBeGreaterThanOrEqual(13);
  });

  test.each(exhibits.map(({ name }) => name))(
    '%s is judged rightly',
    async (name) => {
      const [row] = rowsOf((await judgementsByExhibit.get(name)) ?? []);
      expect(row).toBeDefined();
      if (row !== undefined) expect(goalIsMet(row), `\n${renderTable([row])}\n`).toBe(true);
    },
    LONGEST_MS,
  );
});

/** All programs share one queue; each exhibit has a promise of its own, so that a test waits for its programs alone. */
function startAll(all: readonly Exhibit[]): ReadonlyMap<string, Promise<VariantJudgement[]>> {
  const setting = {
    cacheFolder: join(ROOT, '.cache'),
    heaptrail: join(ROOT, 'packages/cli/bin/heaptrail.mjs'),
    pythons: findPythons(process.env.HEAPTRAIL_PYTHON),
    durationSeconds: SECONDS,
    mutateSeed: undefined,
    outName: 'fast-test',
    progress: () => undefined,
    signal: stop.signal,
  };
  const groups = all.map((exhibit) => variantTasks(exhibit, setting).map(asDeferred));
  void runAtOnce(
    groups.flat().map(({ run }) => run),
    AT_ONCE,
  );
  return new Map(all.map(({ name }, at) => [name, Promise.all((groups[at] ?? []).map(({ done }) => done))]));
}

function asDeferred<Result>(task: () => Promise<Result>): { readonly run: () => Promise<void>; readonly done: Promise<Result> } {
  let settle: (result: Promise<Result>) => void = () => undefined;
  const done = new Promise<Result>((resolve) => (settle = resolve));
  return {
    done,
    run: async () => {
      const result = task();
      settle(result);
      await result.catch(() => undefined); // the test that waits for it sees the failure
    },
  };
}
