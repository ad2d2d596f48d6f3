import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PEER, playground, type Playground } from './testing/run-heaptrail.ts';

describe('agents on the socket', () => {
  let place: Playground;
  beforeEach(() => {
    place = playground();
  });
  afterEach(() => place.remove());

  const run = (scenario: string, lifetimeMs: number, ...options: string[]) =>
    place.heaptrail('run', '--out', 's', ...options, '--', process.execPath, PEER, scenario, String(lifetimeMs));

  it('records a process: its frames, samples from outside, dumps one after the other, its end', async () => {
    const outcome = await run('steady', 20_000, '--duration', '4s', '--stop');
    expect(outcome.code).toBe(0);
    const [id, lines] = [...place.frames()][0];
    expect(id).toMatch(/^\d+-1$/);
    const kinds = new Set(lines.map((line) => line.t));
    expect([...kinds].sort()).toEqual(['dump', 'event', 'gone', 'hello', 'proc', 'sample']);
    const dumps = lines.filter((line) => line.t === 'dump');
    expect(dumps.length).toBeGreaterThanOrEqual(5);
    const proc = lines.find((line) => line.t === 'proc')!;
    expect(proc.rssBytes).toBeGreaterThan(1e6);
    expect(proc.fds).toMatchObject({ socket: expect.any(Number) as number });
    const commands = outcome.stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { c: string }).c);
    expect(commands.at(-1)).toBe('quiet');
    expect(commands).toContain('detail');
    expect(commands).not.toContain('trace');
    expect(place.hostLines().map((line) => line.t)).toEqual(['exit', 'end']);
  });

  it('goes quiet after --duration and waits for the command as its parent', async () => {
    const outcome = await run('steady', 3000, '--duration', '1s');
    expect(outcome.code).toBe(0);
    expect(outcome.stdout).toContain('"quiet"');
    expect(place.hostLines().map((line) => line.t)).toEqual(['end']);
    expect(place.sockets()).toEqual([]);
  });

  it('has the sites traced once an exact counter grew three times in a row', async () => {
    const outcome = await run('growing', 20_000, '--duration', '5s', '--stop');
    expect(outcome.stdout).toContain('{"c":"trace","on":true,"frames":8}');
    expect(place.events()).toContain('HEAPTRAIL_TRACING_STARTED');
  });

  it('has them traced from the start with --sites=full, never with --sites=off', async () => {
    expect((await run('steady', 500, '--sites', 'full')).stdout).toMatch(/^{"c":"trace","on":true,"frames":8}\n/);
    place.remove();
    place = playground();
    expect((await run('growing', 20_000, '--sites', 'off', '--duration', '4s', '--stop')).stdout).not.toContain('trace');
  });

  it.each([
    { scenario: 'long-line', event: 'HEAPTRAIL_PEER_DROPPED' },
    { scenario: 'no-json', event: 'HEAPTRAIL_PEER_DROPPED' },
    { scenario: 'wrong-version', event: 'HEAPTRAIL_PEER_DROPPED' },
    { scenario: 'long-line-after-hello', event: 'HEAPTRAIL_AGENT_DROPPED' },
    { scenario: 'strange-fields', event: 'HEAPTRAIL_AGENT_DROPPED' },
  ])('drops a peer and says so: $scenario', async ({ scenario, event }) => {
    const outcome = await run(scenario, 800);
    expect(outcome.code).toBe(0);
    expect(place.events()).toContain(event);
    expect(outcome.stderr).not.toContain('    at ');
    expect(readFileSync(join(place.folder, 's', 'report.json'), 'utf8')).not.toContain('root:');
  });

  it('labels a dump that is never answered', async () => {
    await run('never-dumps', 4500);
    const dump = [...place.frames().values()].flat().find((line) => line.t === 'dump');
    expect(dump).toMatchObject({ status: 'failed', code: 'HEAPTRAIL_DUMP_INTERRUPTED' });
  });
});
