import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { chromium, type CDPSession } from 'playwright-core';
import { chromiumPath } from '../oracle/chromium.ts';
import type { RoundSeen } from './driver.ts';
import type { RunSeen, Runtime, RuntimeRun } from './runtime.ts';

/** What tests say where there is no Chromium. */
export const CHROMIUM_MISSING = 'Chromium is not installed: apt-get install chromium, or name one in HEAPTRAIL_CHROMIUM';

/** Runs programs in a page of Debian's Chromium; undefined where it is not installed (`CHROMIUM_MISSING` says what to do). */
export function chromiumRuntime(): Runtime | undefined {
  const executablePath = chromiumPath();
  if (executablePath === undefined) return undefined;
  return { name: 'Chromium', run: (run) => runInChromium(executablePath, run) };
}

async function runInChromium(executablePath: string, { script, rounds, snapshotAfter, folder }: RuntimeRun): Promise<RunSeen> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--js-flags=--expose-gc'] });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ type: 'module', content: script });
    await page.waitForFunction('globalThis.heaptrailProgram !== undefined');
    const session = await page.context().newCDPSession(page);
    const seen: RoundSeen[] = [];
    const snapshots: string[] = [];
    for (let number = 1; number <= rounds; number++) {
      seen.push(JSON.parse(await ask(session, `round(${number})`)) as RoundSeen);
      if (!snapshotAfter.includes(number)) continue;
      const path = join(folder, `round-${number}.heapsnapshot`);
      await writeSnapshot(session, path);
      snapshots.push(path);
    }
    await ask(session, 'end()');
    return { rounds: seen, snapshots, keptAliveBy: [] };
  } finally {
    await browser.close();
  }
}

/** Asks the driver as DevTools asks: playwright's own `evaluate` leaves objects behind in the page. */
async function ask(session: CDPSession, call: string): Promise<string> {
  const expression = `heaptrailProgram.${call}`;
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
  if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return String(result.value);
}

async function writeSnapshot(session: CDPSession, path: string): Promise<void> {
  const file = createWriteStream(path);
  const write = ({ chunk }: { chunk: string }): void => void file.write(chunk);
  session.on('HeapProfiler.addHeapSnapshotChunk', write);
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  session.off('HeapProfiler.addHeapSnapshotChunk', write);
  file.end();
  await once(file, 'finish');
}
