import { chromium } from 'playwright-core';
import type { TestSeen } from './vitest-in-page.ts';

export interface RunInChromium {
  readonly version: string;
  /** All tests of the files, those that were skipped included. */
  readonly names: readonly string[];
  readonly seen: readonly TestSeen[];
}

interface ToolkitTests {
  namesOfTests(): readonly string[];
  runTests(skipped: readonly string[]): Promise<TestSeen[]>;
}

/** Loads the script that `bundleTests` made into a page of its own and runs its tests there. */
export async function runInChromium(executablePath: string, script: string, skipped: readonly string[]): Promise<RunInChromium> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    const failed = new Promise<never>((_, reject) => {
      page.once('pageerror', (cause) => reject(new Error(`the tests did not load: ${String(cause)}`, { cause })));
    });
    await page.addScriptTag({ type: 'module', content: script });
    await Promise.race([page.waitForFunction('globalThis.toolkitTests !== undefined'), failed]);
    failed.catch(() => undefined);
    const run = async (skip: readonly string[]): Promise<Omit<RunInChromium, 'version'>> => {
      const { toolkitTests } = globalThis as unknown as { toolkitTests: ToolkitTests };
      return { names: toolkitTests.namesOfTests(), seen: await toolkitTests.runTests(skip) };
    };
    return { version: browser.version(), ...(await page.evaluate(run, skipped)) };
  } finally {
    await browser.close();
  }
}
