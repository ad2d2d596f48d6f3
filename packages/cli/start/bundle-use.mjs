import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { CONTENTS } from './whole-bundle.mjs';

const TOLD_EVERY_MS = 10 * 60_000;
/** Parts of a bundle are loaded when they are needed, which may be at the end of a run of days: only what nobody has used for this long is removed. */
const UNUSED_AFTER_MS = 60 * 60_000;
/** The folders of bundles, whole or in the making. */
const BUNDLE = /^[a-z-]+-[0-9a-f]{16}(\.\w+)?$/;

/** Says that a bundle is in use, now and as long as this process lives. @param {string} folder */
export function keepInUse(folder) {
  tell(folder);
  setInterval(tell, TOLD_EVERY_MS, folder).unref();
}

/** @param {string} folder */
function tell(folder) {
  try {
    const path = join(folder, CONTENTS);
    const now = new Date();
    if (now.getTime() - statSync(path).mtimeMs > TOLD_EVERY_MS / 2) utimesSync(path, now, now);
  } catch {
    // The bundle belongs to another user, who does not remove it either.
  }
}

/** Removes the bundles in a cache folder that nobody uses any more, and what was left by those that were killed while they made one. @param {string} cache */
export function removeUnused(cache) {
  for (const name of readdirSync(cache)) {
    if (!BUNDLE.test(name)) continue;
    const folder = join(cache, name);
    const used = statSync(join(folder, CONTENTS), { throwIfNoEntry: false }) ?? statSync(folder, { throwIfNoEntry: false });
    if (used !== undefined && Date.now() - used.mtimeMs > UNUSED_AFTER_MS) rmSync(folder, { recursive: true, force: true });
  }
}
