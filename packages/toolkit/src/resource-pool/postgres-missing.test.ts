import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const TEST = fileURLToPath(new URL('./postgres.test.ts', import.meta.url));

it('where PostgreSQL is not installed its tests are skipped, by name and with what to install, and none of them passes', () => {
  const empty = mkdtempSync(join(tmpdir(), 'heaptrail-no-postgres-'));
  try {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', TEST, '--no-color'], {
      encoding: 'utf8',
      cwd: fileURLToPath(new URL('../../../../', import.meta.url)),
      env: { ...process.env, HEAPTRAIL_POSTGRES: empty },
    });
    const said = `${stdout}${stderr}`;
    expect(said).toContain(
      `SKIPPED: the tests of ResourcePool against PostgreSQL did not run: HEAPTRAIL_POSTGRES names ${empty}, where there are no initdb and postgres`,
    );
    expect(said).toContain('apt-get install postgresql');
    expect(said).toMatch(/Tests +3 skipped \(3\)/);
    expect([status, said.includes('passed')]).toEqual([0, false]);
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
});
