import { accessSync, constants, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

/** Debian's Chromium; undefined where it is not installed (`apt-get install chromium`). */
export function chromiumPath(): string | undefined {
  const named = process.env.HEAPTRAIL_CHROMIUM;
  if (named !== undefined) return named;
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'chromium'))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** A page with a list, listeners, and elements that were taken out of it and are still held. */
const PAGE = `
  const list = document.body.appendChild(document.createElement('ul'));
  window.kept = [];
  for (let i = 0; i < 300; i++) {
    const item = list.appendChild(document.createElement('li'));
    item.textContent = 'item ' + i;
    item.addEventListener('click', () => window.kept.push(i));
    if (i % 3 === 0) window.kept.push(item);
  }
  for (const item of [...list.children].slice(0, 150)) item.remove();
`;

/** Writes the heap snapshot of a page that ran `program`, taken as DevTools takes it. */
export async function takeChromiumSnapshot(path: string, program = PAGE): Promise<void> {
  const browser = await chromium.launch({ executablePath: chromiumPath()!, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.evaluate(program);
    const session = await page.context().newCDPSession(page);
    const file = createWriteStream(path);
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => file.write(chunk));
    await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    file.end();
    await once(file, 'finish');
  } finally {
    await browser.close();
  }
}
