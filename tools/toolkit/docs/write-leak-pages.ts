/** Puts into the pages of `docs/toolkit` what heaptrail prints now, where its shape is another: `npx tsx tools/toolkit/docs/write-leak-pages.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { printedNow, shapeOf, SHOWN_LEAKS, shownOn } from './leak-pages.ts';

for (const leak of SHOWN_LEAKS) {
  const shown = shownOn(leak);
  if (shown === undefined) throw new Error(`${leak.page}: expected a block "$ heaptrail path leaky.heapsnapshot ${leak.className}"`);
  const printed = printedNow(leak);
  const isSame = shapeOf(printed) === shapeOf(shown);
  if (!isSame)
    writeFileSync(
      leak.page,
      readFileSync(leak.page, 'utf8').replace(shown, () => printed),
    );
  console.log(`${leak.page} ${leak.className}: ${isSame ? 'as it was' : 'written anew'}`);
}
