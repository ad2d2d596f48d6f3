import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PYTHON } from './testing/run-heaptrail.ts';

const BIN = fileURLToPath(new URL('../bin/heaptrail.mjs', import.meta.url));
const TERMINAL = fileURLToPath(new URL('testing/terminal.py', import.meta.url));

describe('on a terminal', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ht-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const onTerminal = (columns: number, pattern: string, keys: string, ...args: string[]) => {
    const { stdout, status } = spawnSync('python3', [TERMINAL, String(columns), pattern, keys, process.execPath, BIN, ...args], {
      cwd: folder,
      env: { ...process.env, TERM: 'xterm' },
      encoding: 'utf8',
    });
    return { shown: stdout, status };
  };

  it('shows a live line, a line for each dump, and the report in colour; Ctrl-C reaches the command once', () => {
    writeFileSync(
      join(folder, 'app.py'),
      'import signal, time\ncount = 0\ndef ring(*_):\n    global count\n    count += 1\nsignal.signal(signal.SIGINT, ring)\nwhile not count: time.sleep(0.1)\ntime.sleep(0.5)\nprint("rang", count)\n',
    );
    const { shown, status } = onTerminal(80, 'dump 1', '\\x03', 'run', '--out', 's', '--', PYTHON, 'app.py');
    expect(shown).toContain('rang 1');
    expect(shown).toMatch(/\r\x1b\[2Kheaptrail {2}pid \d+ .*app\.py .*RSS /);
    expect(shown).toMatch(/\r\x1b\[2Kheaptrail {2}dump 1 {2}pid \d+\r\n/);
    expect(shown).toMatch(/\x1b\[\d/);
    expect(shown).toContain('s/report.json');
    expect(status).toBe(0);
  });

  it('keeps the live line within the width of the window', () => {
    const { shown } = onTerminal(
      40,
      'never',
      '',
      'run',
      '--out',
      's',
      '--duration',
      '3s',
      '--stop',
      '--',
      PYTHON,
      '-c',
      'import time; time.sleep(9)',
    );
    const lines = shown.split('\r\x1b[2K').filter((line) => line !== '' && !line.includes('\r'));
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(40);
  });

  it('leaves the terminal of the command blocking, and says nothing with --quiet', () => {
    const { shown, status } = onTerminal(
      80,
      'never',
      '',
      'run',
      '--quiet',
      '--out',
      's',
      '--',
      PYTHON,
      '-c',
      'import os; print([os.get_blocking(fd) for fd in (0, 1, 2)])',
    );
    expect(shown).toBe('[True, True, True]\r\n');
    expect(status).toBe(0);
  });

  it('has no colour with --no-color', () => {
    const { shown } = onTerminal(80, 'never', '', 'run', '--no-color', '--out', 's', '--', 'true');
    expect(shown.replaceAll('\r\x1b[2K', '')).not.toContain('\x1b');
  });
});

const mountable = process.getuid?.() === 0 && spawnSync('unshare', ['-m', 'true']).status === 0;

describe('a full disk', () => {
  it.runIf(mountable)('labels what is missing, still reports, and exits with 125 when the report cannot be stored', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ht-'));
    try {
      writeFileSync(join(folder, 'app.py'), 'import time\ntime.sleep(30)\n');
      const script = (size: string) =>
        `mount -t tmpfs -o size=${size} tmpfs ${folder}/d && cd ${folder} && ${process.execPath} ${BIN} run --duration 5s --stop --out d/s --json r.json -- ${PYTHON} app.py; code=$?; cp -r d/s ${folder}/kept; exit $code`;
      execFileSync('mkdir', [join(folder, 'd')]);
      const small = spawnSync('unshare', ['-m', 'sh', '-c', script('400k')], { encoding: 'utf8' });
      expect(small.stderr).toContain('HEAPTRAIL_DUMP_NO_SPACE');
      expect(small.status).toBe(0);
      expect(readFileSync(join(folder, 'r.json'), 'utf8')).toBe(readFileSync(join(folder, 'kept', 'report.json'), 'utf8'));
      const tiny = spawnSync('unshare', ['-m', 'sh', '-c', script('12k')], { encoding: 'utf8' });
      expect(tiny.status).toBe(125);
      expect(tiny.stderr).toContain('HEAPTRAIL_REPORT_NOT_WRITTEN');
      expect(tiny.stderr).not.toContain('    at ');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
