import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PYTHON } from './testing/run-heaptrail.ts';

const BIN = fileURLToPath(new URL('../bin/heaptrail.mjs', import.meta.url));

describe('the soft limit of open files, which Node raises for itself', () => {
  it('is for the command what it was for whoever started heaptrail', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ht-'));
    const program = 'import resource; print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])';
    // `true` at the end: a shell that replaced itself by heaptrail would not be its parent.
    const script = 'ulimit -S -n 600 && "$@"; true';
    const { stdout } = spawnSync(
      'sh',
      ['-c', script, 'sh', process.execPath, BIN, 'run', '--out', join(folder, 's'), '--', PYTHON, '-c', program],
      {
        encoding: 'utf8',
      },
    );
    rmSync(folder, { recursive: true, force: true });
    expect(stdout.trim()).toBe('600');
  });
});
