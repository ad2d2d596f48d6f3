import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PEER, playground, type Playground } from './testing/run-heaptrail.ts';

describe('signals', () => {
  let place: Playground;
  beforeEach(() => {
    place = playground();
  });
  afterEach(() => place.remove());

  const until = async (condition: () => boolean): Promise<void> => {
    for (let i = 0; i < 500 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(condition()).toBe(true);
  };

  it.each(['SIGINT', 'SIGTERM'] as const)('%s ends the observation, is passed on, and leaves a report and no socket', async (signal) => {
    const run = place.start('run', '--out', 's', '--', process.execPath, PEER, 'steady', '30000');
    await until(() => place.sockets().length > 0 && run.stdout().includes('dump'));
    run.child.kill(signal);
    const outcome = await run.outcome;
    expect(outcome.code).toBe(signal === 'SIGINT' ? 130 : 143);
    expect(outcome.stderr).toContain('Report: s/report.json');
    expect(place.hostLines()).toMatchObject([{ t: 'exit', exitCode: null, signal }, { t: 'end' }]);
    expect(place.sockets()).toEqual([]);
  });

  it('the second one kills a command that does not listen', async () => {
    const run = place.start('run', '--out', 's', '--', 'sh', '-c', 'trap "" TERM; echo up; while :; do sleep 0.1; done');
    await until(() => run.stdout().includes('up'));
    run.child.kill('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 300));
    run.child.kill('SIGTERM');
    expect((await run.outcome).code).toBe(137);
  });

  it('--stop ends the command with SIGTERM, and with SIGKILL when that is ignored', async () => {
    const outcome = await place.heaptrail(
      'run',
      '--out',
      's',
      '--duration',
      '500ms',
      '--stop',
      '--',
      'sh',
      '-c',
      'trap "" TERM; while :; do sleep 0.1; done',
    );
    expect(outcome.code).toBe(0);
    expect(place.events()).toContain('HEAPTRAIL_COMMAND_KILLED');
  });

  it('passes on what means something to a service, and observes on', async () => {
    const run = place.start(
      'run',
      '--out',
      's',
      '--',
      'sh',
      '-c',
      'trap "echo reload" HUP; trap "exit 5" USR1; echo up; while :; do sleep 0.1; done',
    );
    await until(() => run.stdout().includes('up'));
    run.child.kill('SIGHUP');
    await until(() => run.stdout().includes('reload'));
    run.child.kill('SIGUSR1');
    expect((await run.outcome).code).toBe(5);
  });

  it('removes at its start what a killed heaptrail left behind', async () => {
    const run = place.start('run', '--out', 's', '--', 'sleep', '2');
    await until(() => place.sockets().length > 0);
    run.child.kill('SIGKILL');
    await run.outcome;
    expect(place.sockets()).toHaveLength(1);
    await place.heaptrail('run', '--out', 't', '--', 'true');
    expect(place.sockets()).toEqual([]);
  });
});
