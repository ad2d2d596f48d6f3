import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { playground, type Playground } from './testing/run-heaptrail.ts';

describe('streams', () => {
  let place: Playground;
  beforeEach(() => {
    place = playground();
  });
  afterEach(() => place.remove());

  it('passes the standard output of the command through untouched and writes only the report on standard error', async () => {
    const outcome = await place.heaptrail('run', '--out', 's', '--', 'sh', '-c', 'printf "a\\000b"; printf err >&2');
    expect(outcome.stdout).toBe('a\0b');
    expect(outcome.stderr).toMatch(/^errCANNOT TELL/);

    expect(outcome.stderr).not.toMatch(/[\r\x1b]/);
  });

  it('prints the JSON after all that the command printed', async () => {
    const outcome = await place.heaptrail('run', '--out', 's', '--json', '-', '--quiet', '--', 'sh', '-c', 'sleep 0.2; echo last');
    expect(outcome.stderr).toBe('');
    expect(outcome.stdout).toBe(`last\n${readFileSync(join(place.folder, 's', 'report.json'), 'utf8')}`);
  });

  it('writes the JSON to a file too', async () => {
    await place.heaptrail('run', '--out', 's', '--json', 'r.json', '--', 'true');
    expect(readFileSync(join(place.folder, 'r.json'), 'utf8')).toBe(readFileSync(join(place.folder, 's', 'report.json'), 'utf8'));
  });

  it('never makes the pipe of the command non-blocking', async () => {
    writeFileSync(
      join(place.folder, 'fill.py'),
      'import os\nfor _ in range(64): os.write(1, b"x" * 65536)\nfor fd in (0, 1, 2): assert os.get_blocking(fd), fd\n',
    );
    const outcome = await place.heaptrail('run', '--out', 's', '--quiet', '--json', '-', '--', 'python3', '-I', 'fill.py');
    expect(outcome.stderr).toBe('');
    expect(outcome.stdout.indexOf('{')).toBe(64 * 65536);
    expect(outcome.code).toBe(0);
  });

  it('analyze prints byte for byte what run wrote', async () => {
    await place.heaptrail('run', '--out', 's', '--', 'sh', '-c', 'exit 3');
    const written = readFileSync(join(place.folder, 's', 'report.json'), 'utf8');
    expect((await place.heaptrail('analyze', 's', '--json', '-')).stdout).toBe(written);
    expect((await place.heaptrail('analyze', 's', '--write')).code).toBe(0);
    expect(readFileSync(join(place.folder, 's', 'report.json'), 'utf8')).toBe(written);
  });

  it('writes neither a secret argument nor the environment into the session', async () => {
    await place.heaptrail('run', '--out', 's', '--', 'sh', '-c', ': s3cret', '--token=s3cret', '-ps3cret', 's3cret');
    const session = JSON.parse(readFileSync(join(place.folder, 's', 'session.json'), 'utf8')) as { command: string[] };
    expect(session.command).toEqual(['sh', '-c', '[…]', '--token=[…]', '-p[…]', '[…]']);
    for (const file of ['session.json', 'host.jsonl', 'report.json'])
      expect(readFileSync(join(place.folder, 's', file), 'utf8')).not.toContain('s3cret');
  });
});
