import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { playground, type Playground } from './testing/run-heaptrail.ts';

describe('exit codes', () => {
  let place: Playground;
  beforeEach(() => {
    place = playground();
  });
  afterEach(() => place.remove());

  it.each([
    { command: ['true'], code: 0 },
    { command: ['false'], code: 1 },
    { command: ['sh', '-c', 'exit 7'], code: 7 },
    { command: ['sh', '-c', 'kill -KILL $$'], code: 137 },
    { command: ['sh', '-c', 'kill -TERM $$'], code: 143 },
  ])('hands on what became of $command', async ({ command, code }) => {
    const outcome = await place.heaptrail('run', '--out', 's', '--', ...command);
    expect(outcome.code).toBe(code);
    expect(outcome.stdout).toBe('');
    expect(readFileSync(join(place.folder, 's', 'report.json'), 'utf8')).toContain('"cannot-tell"');
  });

  it.each([
    { name: 'a command that does not exist', command: 'no-such-command', code: 127, error: 'HEAPTRAIL_COMMAND_NOT_FOUND' },
    { name: 'a path that does not exist', command: './no/such', code: 127, error: 'HEAPTRAIL_COMMAND_NOT_FOUND' },
    { name: 'a file without permission', command: './plain', code: 126, error: 'HEAPTRAIL_COMMAND_NOT_EXECUTABLE' },
    { name: 'a folder', command: './folder', code: 126, error: 'HEAPTRAIL_COMMAND_NOT_EXECUTABLE' },
    { name: 'a script whose interpreter is missing', command: './orphan', code: 126, error: 'HEAPTRAIL_COMMAND_NOT_EXECUTABLE' },
  ])('tells of $name and leaves nothing behind', async ({ command, code, error }) => {
    writeFileSync(join(place.folder, 'plain'), 'x');
    mkdirSync(join(place.folder, 'folder'));
    writeFileSync(join(place.folder, 'orphan'), '#!/no/interpreter\n');
    chmodSync(join(place.folder, 'orphan'), 0o755);
    const outcome = await place.heaptrail('run', '--out', 's', '--', command);
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).toMatch(new RegExp(`^heaptrail: .*\\[${error}\\]\n$`));
    expect(existsSync(join(place.folder, 's'))).toBe(false);
    expect(place.sockets()).toEqual([]);
  });

  it('refuses a folder that holds something, and does not start the command', async () => {
    mkdirSync(join(place.folder, 's'));
    writeFileSync(join(place.folder, 's', 'mine'), '');
    const outcome = await place.heaptrail('run', '--out', 's', '--', 'sh', '-c', 'touch started');
    expect(outcome.code).toBe(125);
    expect(outcome.stderr).toContain('HEAPTRAIL_OUT_NOT_EMPTY');
    expect(existsSync(join(place.folder, 'started'))).toBe(false);
    expect(readdirSync(join(place.folder, 's'))).toEqual(['mine']);
  });

  it('refuses a place that cannot be written', async () => {
    writeFileSync(join(place.folder, 'file'), '');
    const outcome = await place.heaptrail('run', '--out', 'file/s', '--', 'true');
    expect(outcome.code).toBe(125);
    expect(outcome.stderr).toContain('HEAPTRAIL_OUT_UNUSABLE');
    expect(outcome.stderr.trim().split('\n')).toHaveLength(1);
  });

  it.each([
    { args: ['run'], code: 125 },
    { args: ['run', '--duration', 'soon', '--', 'true'], code: 125 },
    { args: ['run', '--sites', 'some', '--', 'true'], code: 125 },
    { args: ['run', '--dumps', '1', '--', 'true'], code: 125 },
    { args: ['analyze'], code: 2 },
    { args: ['unheard-of'], code: 2 },
    { args: ['analyze', 'no-such-folder'], code: 1 },
    { args: ['--version'], code: 0 },
    { args: ['--help'], code: 0 },
    { args: ['run', '--help'], code: 0 },
  ])('$args exits with $code', async ({ args, code }) => {
    const outcome = await place.heaptrail(...args);
    expect(outcome.code).toBe(code);
    if (code !== 0) expect(outcome.stderr).toMatch(/^heaptrail: /);
    expect(outcome.stderr).not.toContain('    at ');
  });

  it('says in the default name of the folder what ran', async () => {
    await place.heaptrail('run', '--', 'true');
    expect(readdirSync(place.folder)).toEqual([expect.stringMatching(/^heaptrail-true-\d{8}-\d{6}$/)]);
  });
});
