import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { playground, PYTHON, type Playground } from './testing/run-heaptrail.ts';

describe('real Python programs', () => {
  let place: Playground;
  beforeEach(() => {
    place = playground();
  });
  afterEach(() => place.remove());

  const run = async (program: string, ...options: string[]) => {
    writeFileSync(join(place.folder, 'app.py'), program);
    const outcome = await place.heaptrail('run', '--out', 's', ...options, '--', PYTHON, 'app.py');
    expect(outcome.stderr).not.toContain('    at ');
    return outcome;
  };
  const hellos = () => [...place.frames().values()].map((lines) => lines[0]);

  it.each([['-I'], ['-E'], ['-S'], ['-sE']])('says that %s kept the agent out, and what to do', async (option) => {
    const outcome = await place.heaptrail('run', '--out', 's', '--', PYTHON, option, '-c', 'pass');
    expect(outcome.code).toBe(0);
    expect(place.events()).toEqual(['HEAPTRAIL_AGENT_ABSENT']);
    expect(outcome.stderr.replace(/\s+/g, ' ')).toContain(`was started with -${option.slice(-1)}, which keeps the agent out`);
  });

  it('says that an emptied environment kept it out', async () => {
    const python = execFileSync(PYTHON, ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();
    await place.heaptrail('run', '--out', 's', '--', 'env', '-i', python, '-c', 'pass');
    expect(place.events()).toEqual(['HEAPTRAIL_AGENT_ABSENT']);
  });

  it('hands on the exit code of a program that ends at once, or fails', async () => {
    expect((await run('pass')).code).toBe(0);
    place.remove();
    place = playground();
    expect((await run('raise SystemExit(9)')).code).toBe(9);
  });

  it('tells of a program that was killed', async () => {
    const outcome = await run('import os, time\ntime.sleep(1.5)\nos.kill(os.getpid(), 9)');
    expect(outcome.code).toBe(137);
    expect([...place.frames().values()][0].at(-1)).toMatchObject({ t: 'gone', signal: 'SIGKILL', exitCode: null });
    expect(place.hostLines()[0]).toMatchObject({ t: 'exit', signal: 'SIGKILL' });
  });

  it('starts another record when a process executes another Python', async () => {
    const outcome = await run(
      'import os, sys, time\nif len(sys.argv) < 2:\n    time.sleep(0.5)\n    os.execv(sys.executable, [sys.executable, "app.py", "again"])\ntime.sleep(0.5)\nsys.exit(4)',
    );
    expect(outcome.code).toBe(4);
    const ids = [...place.frames().keys()].sort();
    expect(ids.map((id) => id.split('-')[1])).toEqual(['1', '2']);
    expect(new Set(ids.map((id) => id.split('-')[0])).size).toBe(1);
  });

  it('lives with a process that becomes another program', async () => {
    const outcome = await run('import os, time\ntime.sleep(0.5)\nos.execvp("sh", ["sh", "-c", "sleep 1; exit 6"])');
    expect(outcome.code).toBe(6);
    expect(hellos()).toHaveLength(1);
  });

  it('lives with a program that closes every descriptor it does not know', async () => {
    const outcome = await run('import os, time\ntime.sleep(0.5)\nos.closerange(3, 65536)\ntime.sleep(2)');
    expect(outcome.code).toBe(0);
    const lines = [...place.frames().values()][0];
    expect(lines.filter((line) => line.t === 'proc').length).toBeGreaterThanOrEqual(2);
  });

  it('gives each process of a tree a record of its own', async () => {
    const outcome = await run(
      [
        'import multiprocessing as mp, subprocess, sys, time',
        'def work(n): time.sleep(1.5)',
        'if __name__ == "__main__":',
        '    workers = [mp.get_context("fork").Process(target=work, args=(n,)) for n in range(2)]',
        '    for worker in workers: worker.start()',
        '    subprocess.run([sys.executable, "-c", "import time; time.sleep(1)"], check=True)',
        '    for worker in workers: worker.join()',
      ].join('\n'),
    );
    expect(outcome.code).toBe(0);
    expect(
      hellos()
        .map((hello) => hello.reason)
        .sort(),
    ).toEqual(['fork', 'fork', 'start', 'start']);
    expect(new Set(hellos().map((hello) => hello.pid)).size).toBe(4);
  });

  it('--stop ends the workers too that their parent left behind', async () => {
    const outcome = await run(
      'import multiprocessing as mp, time\nif __name__ == "__main__":\n    for _ in range(2): mp.get_context("fork").Process(target=time.sleep, args=(60,)).start()\n    time.sleep(60)',
      '--duration',
      '3s',
      '--stop',
    );
    expect(outcome.code).toBe(0);
    expect(hellos()).toHaveLength(3);
    for (const hello of hellos()) expect(stateOf(Number(hello.pid))).toBeOneOf(['gone', 'Z']);
  });

  const DAEMON = 'import os, time\nif os.fork(): time.sleep(0.5); os._exit(0)\nos.setsid()\nif os.fork(): os._exit(0)\ntime.sleep(6)';

  it('observes what a command left behind for as long as a duration says', async () => {
    const outcome = await run(DAEMON, '--duration', '4s');
    expect(outcome.code).toBe(0);
    const longest = Math.max(...[...place.frames().values()].map((lines) => lines.filter((line) => line.t === 'proc').length));
    expect(longest).toBeGreaterThanOrEqual(3);
  });

  it('ends with the command when no duration is given, and says what lives on', async () => {
    const beganMs = Date.now();
    const outcome = await run(DAEMON);
    expect(outcome.code).toBe(0);
    expect(Date.now() - beganMs).toBeLessThan(60_000);
    expect(place.events()).toContain('HEAPTRAIL_PROCESSES_LEFT');
  });

  it('makes the same report from the folder again, byte for byte', async () => {
    await run('import time\nkept = []\nfor i in range(40):\n    kept.append({"row": i})\n    time.sleep(0.1)', '--json', 'r.json');
    const again = await place.heaptrail('analyze', 's', '--json', 'again.json', '--quiet');
    expect(again.code).toBe(0);
    expect(readFileSync(join(place.folder, 'again.json'), 'utf8')).toBe(readFileSync(join(place.folder, 'r.json'), 'utf8'));
  });
});

/** A zombie waits for whoever adopted it and is no concern of ours. */
function stateOf(pid: number): string {
  try {
    return /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? 'unknown';
  } catch {
    return 'gone';
  }
}
