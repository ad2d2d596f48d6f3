import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseReport, type Report } from '../../packages/core/src/report/index.ts';
import { choosePython, findPythons } from '../exhibits/find-python.ts';
import { runProcess } from '../exhibits/run-process.ts';
import { ensureVenv, pythonOf } from '../exhibits/venv.ts';

// An object that native code retains once too often, handed over in every way that Python has. Needs a C compiler, and PyPI for cffi.
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PROGRAM = join(ROOT, 'agents/python/tests/native_ways.py');
const WAYS = ['py_object', 'address', 'callback', 'pythonapi', 'capsule', 'cffi', 'cffi_handle', 'extension'];
const SECONDS = 18;

describe('an object of Python handed to native code', () => {
  let python = '';
  beforeAll(async () => {
    const chosen = choosePython(findPythons(process.env.HEAPTRAIL_PYTHON), '>=3.9');
    python = pythonOf(await ensureVenv(join(ROOT, '.cache'), chosen, join(ROOT, 'tools/native-ways/requirements.txt'), () => undefined));
  });

  const observe = async (way: string, kind: 'leaky' | 'clean'): Promise<Report> => {
    const folder = join(ROOT, '.cache/native-ways', `${way}-${kind}`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const heaptrail = [process.execPath, join(ROOT, 'packages/cli/bin/heaptrail.mjs'), 'run', '--out', join(folder, 'session'), '--stop'];
    const command = [...heaptrail, '--duration', `${SECONDS}s`, '--', python, PROGRAM, way, kind, '120'];
    const { tail } = await runProcess({ command, cwd: folder, timeoutMs: 120_000 });
    try {
      return parseReport(JSON.parse(readFileSync(join(folder, 'session/report.json'), 'utf8')));
    } catch {
      throw new Error(tail);
    }
  };

  test.each(WAYS)('by %s is named with its type, its references and its line', async (way) => {
    const { verdict, findings } = await observe(way, 'leaky');
    expect(verdict).toBe('leak');
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ kind: 'leak', pattern: 'retain-without-release' });
    expect(findings[0]?.type).toBe(way === 'cffi_handle' ? '_cffi_backend.__CDataOwnGC' : '__main__.Page');
    expect(findings[0]?.evidence.join()).toMatch(/references that nothing in the heap accounts for, \d+ in all \(1 each\)/);
    expect(findings[0]?.allocated.some(({ file }) => file.endsWith('native_ways.py'))).toBe(true);
  });

  test.each(WAYS)('by %s and given back is none', async (way) => {
    const { verdict, findings } = await observe(way, 'clean');
    expect({ verdict, findings }).toEqual({ verdict: 'no-leak', findings: [] });
  });
});
