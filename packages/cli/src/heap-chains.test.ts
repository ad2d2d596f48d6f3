import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PathAnswer } from '@heaptrail/core';
import { playground, type Playground } from './testing/run-heaptrail.ts';

/** Leaks that hang along lists inside V8 and Node: cells of a registry, timers of one length, reactions of a promise. */
const PROGRAM = `
const { writeHeapSnapshot } = require('node:v8');
class Connection {}
class Screen {}
class Thumbnail {}
const registry = (globalThis.registry = new FinalizationRegistry((run) => run()));
const forever = (globalThis.forever = new Promise(() => {}));
function connect() { const connection = new Connection(); registry.register(connection, () => connection); }
function open() { const screen = new Screen(); setTimeout(() => screen, 3_600_000).unref(); }
function draw() { return Promise.race([Promise.resolve(new Thumbnail()), forever]); }
async function main() {
  for (let i = 0; i < 300; i++) { connect(); open(); await draw(); }
  writeHeapSnapshot(process.argv[2]);
}
main();
`;

describe('paths along lists of a real heap', () => {
  let place: Playground;
  let heap: string;
  const ask = async (asked: string): Promise<PathAnswer> => {
    const { stdout, stderr, code } = await place.heaptrail('path', heap, asked, '--json');
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    return (JSON.parse(stdout) as { answer: PathAnswer }).answer;
  };

  beforeAll(() => {
    place = playground();
    heap = join(place.folder, 'chains.heapsnapshot');
    const program = join(place.folder, 'chains.cjs');
    writeFileSync(program, PROGRAM);
    execFileSync(process.execPath, [program, heap], { stdio: 'pipe' });
  });
  afterAll(() => place.remove());

  it('all targets that the callbacks of a FinalizationRegistry hold are held in one way', async () => {
    const { objects, groups, moreGroups } = await ask('Connection');
    expect([objects, groups.map((group) => group.objects), moreGroups]).toEqual([300, [300], 0]);
    const [{ path }] = groups;
    expect(path.map(({ step, type, repeats }) => `${step} (${type})${repeats === undefined ? '' : ' repeated'}`)).toEqual([
      'global (global)',
      '.registry (FinalizationRegistry)',
      expect.stringMatching(/^<.+> \(\(system\)\) repeated$/),
      expect.stringMatching(/^<.+> \(Function\)$/),
      'closure connection (Connection)',
    ]);
    const text = (await place.heaptrail('path', heap, 'Connection')).stdout;
    expect(text).toContain('300 objects, held in one way');
    expect(text.replaceAll(/\s+/g, ' ')).toContain(` × ${path[2].repeats!.times} ((system), ${path[2].repeats!.first} … `);
  });

  it('a repetition is said as it is: its first object is where it begins, its last that many steps further', async () => {
    const [{ path }] = (await ask('Connection')).groups;
    const { times, steps, first, last } = path[2].repeats!;
    expect([steps, path[2].object.handle]).toEqual([1, last]);
    const toFirst = (await ask(first)).groups[0].path;
    expect(toFirst.map(({ object }) => object.handle)).toEqual([path[0].object.handle, path[1].object.handle, first]);
    const toLast = (await ask(last)).groups[0].path;
    expect(toLast.at(-1)).toMatchObject({ object: { handle: last }, repeats: { times, first, last } });
    expect(toLast.length).toBe(3);
  });

  it('timers of one length are held from one end of their list or from the other', async () => {
    const { groups, moreGroups } = await ask('Screen');
    expect(moreGroups).toBe(0);
    expect(groups.reduce((sum, { objects }) => sum + objects, 0)).toBe(300);
    const repeated = groups.map(({ path }) => path.filter(({ repeats }) => repeats !== undefined).map(({ step }) => step));
    expect(repeated.sort()).toEqual([['._idleNext'], ['._idlePrev']]);
  });

  it('what races against one promise ended with hangs along its reactions', async () => {
    const { groups, moreGroups } = await ask('Thumbnail');
    expect(groups.reduce((sum, { objects }) => sum + objects, 0)).toBe(300);
    // The oldest reaction has none behind it: V8 numbers its references from there, and it is a way of its own.
    expect([groups[0].objects, moreGroups]).toEqual([expect.toSatisfy((count) => count >= 299), 0]);
    for (const { path } of groups) {
      expect(path.length).toBeLessThan(10);
      expect(path.find(({ repeats }) => repeats !== undefined)?.repeats?.times).toBeGreaterThan(100);
    }
  });
});
