import { beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath } from '../../oracle/chromium.ts';
import { CHROMIUM_MISSING } from '../chromium-runtime.ts';
import { allTestFiles, bundleTests, portableTestFiles } from './bundle-tests.ts';
import { NODE_ONLY_FILES, NODE_ONLY_TESTS } from './node-only.ts';
import { runInChromium, type RunInChromium } from './run-in-chromium.ts';

const chromium = chromiumPath();
const title = chromium === undefined ? `in Chromium: skipped, ${CHROMIUM_MISSING}` : "in Chromium, the toolkit's own tests";

// Not in the title alone, which reporters leave out of what was skipped.
if (chromium === undefined) console.warn(`SKIPPED: the toolkit's tests did not run in Chromium: ${CHROMIUM_MISSING}`);

describe.skipIf(chromium === undefined)(title, () => {
  const files = portableTestFiles();
  let run: RunInChromium;
  beforeAll(async () => {
    run = await runInChromium(chromium!, await bundleTests(files), NODE_ONLY_TESTS);
  }, 240_000);

  it.each(files)('%s passes', (file) => {
    const ofFile = run.seen.filter((each) => each.file === file);
    expect(ofFile.length).toBeGreaterThan(0);
    expect(ofFile.filter(({ error }) => error !== undefined).map(({ name, error }) => `${name}: ${error}`)).toEqual([]);
  });

  it('leaves out only what is named, and nothing is named that is not there', () => {
    expect(run.seen).toHaveLength(run.names.length - NODE_ONLY_TESTS.length);
    expect(NODE_ONLY_TESTS.filter((name) => !run.names.includes(name))).toEqual([]);
    expect([...NODE_ONLY_FILES].filter((file) => !allTestFiles().includes(file))).toEqual([]);
  });
});
