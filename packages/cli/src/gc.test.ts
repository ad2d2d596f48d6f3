import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { playground, PYTHON, type Playground } from './testing/run-heaptrail.ts';

const PROGRAM = `
import sys
class Node: pass
kept = [Node() for _ in range(2000)]
for _ in range(30000):
    node = Node(); node.me = node
print("out"); print("err", file=sys.stderr)
sys.exit(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
`;

interface Document {
  readonly schema: string;
  readonly answer: {
    readonly rounds: number;
    readonly rows: readonly { readonly setting: string; readonly pauses: number; readonly wallMs: number; readonly peakRssBytes: number }[];
    readonly notes: readonly string[];
  };
}

describe('heaptrail gc', () => {
  let place: Playground;
  beforeEach(() => {
    place = playground();
    writeFileSync(join(place.folder, 'app.py'), PROGRAM);
  });
  afterEach(() => {
    expect(place.sockets()).toEqual([]); // nothing of ours is left in the temporary folder
    place.remove();
  });

  it('runs the program under each setting and shows what differs', async () => {
    const outcome = await place.heaptrail(
      ...['gc', '--rounds', '2', '--setting', '500,5,5', '--setting', '(25000, 10, 10)', '--json', 'gc.json', '--', PYTHON, 'app.py'],
    );
    expect(outcome.stderr).toBe('');
    expect(outcome.code).toBe(0);
    expect(outcome.stdout).toMatch(/cpython 3\.\d+\.\d+, 2 rounds/);
    expect(outcome.stdout).not.toContain('out\n');
    const { schema, answer } = JSON.parse(readFileSync(join(place.folder, 'gc.json'), 'utf8')) as Document;
    expect(schema).toBe('heaptrail-gc/1');
    expect(answer.rounds).toBe(2);
    expect(answer.rows.map(({ setting }) => setting)).toEqual(['own', '500,5,5', '25000,10,10']);
    const [own, often, seldom] = answer.rows;
    expect(often.pauses).toBeGreaterThan(30);
    expect(seldom.pauses).toBeLessThan(10);
    for (const row of [own, often, seldom]) {
      expect(row.wallMs).toBeGreaterThan(5);
      expect(row.peakRssBytes).toBeGreaterThan(3_000_000);
      expect(row.peakRssBytes).toBeLessThan(60_000_000); // of the program, and not of the node that started it
    }
    expect(answer.notes).toEqual([]);
  });

  it('tells how the program ended, and lets it print when asked', async () => {
    const outcome = await place.heaptrail('gc', '--rounds', '2', '--setting', '500,5,5', '--show-output', '--', PYTHON, 'app.py', '3');
    expect(outcome.code).toBe(0);
    expect(outcome.stdout.match(/^out$/gm)).toHaveLength(5);
    expect(outcome.stderr).toBe('err\n'.repeat(5));
    expect(outcome.stdout).toContain('note: the program ended with exit code 3 in every run');
  });

  it('respects thresholds of the program and says that they win', async () => {
    writeFileSync(join(place.folder, 'app.py'), 'import gc; gc.set_threshold(333, 4, 4)');
    const outcome = await place.heaptrail('gc', '--rounds', '2', '--setting', '500,5,5', '--', PYTHON, 'app.py');
    expect(outcome.stdout.replace(/\s+/g, ' ')).toContain('the program sets thresholds itself (333,4,4 at its end), and that wins');
  });

  it.each([
    { name: 'no Python at all', command: ['true'], error: 'HEAPTRAIL_GC_TRIAL_NOT_ENTERED' },
    { name: 'an isolated Python', command: [PYTHON, '-I', '-c', 'pass'], error: 'HEAPTRAIL_GC_TRIAL_NOT_ENTERED' },
    { name: 'an end by a signal', command: [PYTHON, '-c', 'import os; os.kill(os.getpid(), 15)'], error: 'HEAPTRAIL_GC_TRIAL_UNFINISHED' },
    { name: 'a command that does not exist', command: ['no-such-command'], error: 'HEAPTRAIL_COMMAND_NOT_FOUND' },
  ])('one sentence for $name', async ({ command, error }) => {
    const outcome = await place.heaptrail('gc', '--', ...command);
    expect(outcome.code).toBe(1);
    expect(outcome.stdout).toBe('');
    expect(outcome.stderr).toMatch(new RegExp(`^heaptrail: [^\n]*\\[${error}\\]\n$`));
  });

  it.each([{ args: ['gc'] }, { args: ['gc', '--setting', 'often', '--', 'true'] }, { args: ['gc', '--rounds', '0', '--', 'true'] }])(
    '$args is wrong usage',
    async ({ args }) => {
      const outcome = await place.heaptrail(...args);
      expect(outcome.code).toBe(2);
      expect(outcome.stderr).toMatch(/^heaptrail: /);
    },
  );

  it('stops at a signal, and leaves neither program nor folder behind', async () => {
    writeFileSync(join(place.folder, 'app.py'), 'import time; print("ready", flush=True); time.sleep(60)');
    const running = place.start('gc', '--show-output', '--', PYTHON, 'app.py');
    while (!running.stdout().includes('ready')) await new Promise((resolve) => setTimeout(resolve, 20));
    running.child.kill('SIGINT');
    const outcome = await running.outcome;
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain('HEAPTRAIL_GC_TRIAL_STOPPED');
  });
});
