import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareWithDevTools } from './compare-with-devtools.ts';

const SUBJECT = join(import.meta.dirname, 'subject.cjs');

describe('DevTools', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ht-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('says the same of every node of a fresh snapshot: shallow and retained size, dominator, distance', async () => {
    const path = join(folder, 'subject.heapsnapshot');
    execFileSync(process.execPath, ['--expose-gc', SUBJECT, path]);
    const { nodes, ...differences } = await compareWithDevTools(path);
    expect(nodes).toBeGreaterThan(20_000);
    expect(differences).toEqual({ shallow: 0, retained: 0, dominator: 0, distance: 0 });
  });
});
