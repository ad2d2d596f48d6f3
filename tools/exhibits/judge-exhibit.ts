import { join } from 'node:path';
import { CouldNotRun } from './could-not-run.ts';
import { variantsOf, type Exhibit, type Variant } from './exhibit.ts';
import { choosePython, type Python } from './find-python.ts';
import { judgeBroken, judgeHealthy, type BrokenJudgement, type HealthyJudgement } from './judge.ts';
import { mutate } from './mutate.ts';
import { resolveExpectation, sitePackagesOf } from './resolve-lines.ts';
import { runVariant } from './run-variant.ts';
import { ensureVenv, pythonOf } from './venv.ts';

export interface Setting {
  readonly cacheFolder: string;
  readonly heaptrail: string;
  readonly pythons: readonly Python[];
  /** Overrides what the exhibit says. */
  readonly durationSeconds: number | undefined;
  /** A seed: names, lines and containers are changed by it. */
  readonly mutateSeed: number | undefined;
  /** Folder below the cache for sessions and logs, so that a test and a table do not overwrite each other's. */
  readonly outName: string;
  readonly progress: (line: string) => void;
  readonly signal?: AbortSignal;
}

export interface VariantJudgement {
  readonly exhibit: string;
  readonly variant: Variant;
  readonly python: string;
  readonly seconds: number;
  readonly outcome:
    | ({ readonly kind: 'broken' } & BrokenJudgement)
    | ({ readonly kind: 'healthy' } & HealthyJudgement)
    | { readonly kind: 'could-not-run'; readonly reason: string };
}

/** One task for each variant; several may run at once. Never throws for a reason outside the product: the outcome says so. */
export function variantTasks(exhibit: Exhibit, setting: Setting): (() => Promise<VariantJudgement>)[] {
  return variantsOf(exhibit).map((variant) => async () => {
    const started = performance.now();
    const seconds = (): number => Math.round((performance.now() - started) / 100) / 10;
    let version = '?';
    try {
      const python = choosePython(setting.pythons, exhibit.python);
      version = python.version.join('.');
      const outcome = await judgeVariant(exhibit, variant, python, setting);
      return { exhibit: exhibit.name, variant, python: version, seconds: seconds(), outcome };
    } catch (error) {
      if (!(error instanceof CouldNotRun)) throw error;
      return {
        exhibit: exhibit.name,
        variant,
        python: version,
        seconds: seconds(),
        outcome: { kind: 'could-not-run', reason: error.message },
      };
    }
  });
}

async function judgeVariant(original: Exhibit, variant: Variant, python: Python, setting: Setting): Promise<VariantJudgement['outcome']> {
  const { progress, cacheFolder, mutateSeed } = setting;
  const requirements = original.requirementsByVariant.get(variant);
  const venv =
    requirements === undefined ? undefined : await ensureVenv(cacheFolder, python, join(original.folder, requirements), progress);
  const packages = venv === undefined ? [] : sitePackagesOf(venv);
  const changed =
    mutateSeed === undefined
      ? { exhibit: original, libraryFolder: undefined }
      : await mutate({ exhibit: original, variant, python, packages, seed: mutateSeed, cacheFolder });
  const { exhibit, libraryFolder } = changed;
  const libraries = libraryFolder === undefined ? packages : [libraryFolder, ...packages];
  // Before the run: an expectation that cannot be resolved is a mistake of the exhibit, and a minute is not needed to learn it.
  const expectations =
    variant === 'broken' ? exhibit.expectations.map((expectation) => resolveExpectation(expectation, exhibit.folder, libraries)) : [];
  const run = await runVariant({
    exhibit,
    variant,
    pythonExecutable: venv === undefined ? python.executable : pythonOf(venv),
    libraryFolder,
    durationSeconds: setting.durationSeconds ?? exhibit.durationSeconds,
    outFolder: join(cacheFolder, setting.outName, `${original.name}-${variant}${mutateSeed === undefined ? '' : `-mutant-${mutateSeed}`}`),
    heaptrail: setting.heaptrail,
    ...(setting.signal === undefined ? {} : { signal: setting.signal }),
  });
  return variant === 'broken'
    ? { kind: 'broken', ...judgeBroken(run.report, expectations) }
    : { kind: 'healthy', ...judgeHealthy(run.report) };
}
