import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Runs `npm ci` when what is installed is not what the lockfile says. True when all is there afterwards. */
export function ensureInstalled(root) {
  const reason = whyNotInstalled(root);
  if (reason === undefined) return true;
  console.log(`npm ci: ${reason}`);
  const { status, error } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit' });
  if (error !== undefined) console.error(`npm could not be started: ${error.message}`);
  return status === 0;
}

/**
 * npm keeps a copy of the lockfile it installed; two equal lists of versions mean that nothing is stale. Optional packages are those
 * of other platforms, and may be missing.
 */
export function whyNotInstalled(root) {
  const installed = readPackages(join(root, 'node_modules/.package-lock.json'));
  if (installed === undefined) return 'nothing is installed';
  const wanted = readPackages(join(root, 'package-lock.json')) ?? {};
  for (const [path, { version, optional, link }] of Object.entries(wanted)) {
    if (!path.includes('node_modules/')) continue;
    const there = installed[path];
    if (there === undefined && optional) continue;
    if (there === undefined) return `${path} is missing`;
    if (!link && there.version !== version) return `${path} is ${there.version}, the lockfile says ${version}`;
  }
  return undefined;
}

function readPackages(file) {
  if (!existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
