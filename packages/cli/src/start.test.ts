import { mkdirSync, readFileSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { originalStack } from './output/original-stack.ts';
import { playground, PYTHON } from './testing/run-heaptrail.ts';
import { smallProgram, type SmallProgram } from './testing/small-program.ts';

const HOURS_2 = 2 * 3600;

describe('starting from a bundle', () => {
  let program: SmallProgram;
  const only = (): string => {
    const [name, ...others] = program.bundles();
    expect(others).toEqual([]);
    return join(program.cache, name);
  };
  beforeEach(() => {
    program = smallProgram();
  });
  afterEach(() => program.remove());

  it('the first start makes it, the second takes it', async () => {
    expect(await program.run()).toMatchObject({ answer: 1, from: 'bundle' });
    const made = statSync(join(only(), 'main.mjs'), { bigint: true });
    expect(await program.run()).toMatchObject({ answer: 1, from: 'bundle' });
    expect(statSync(join(only(), 'main.mjs'), { bigint: true })).toMatchObject({ ino: made.ino, mtimeNs: made.mtimeNs });
  });

  it('a changed source counts at once, also one that keeps its length', async () => {
    await program.run();
    program.setAnswer(2);
    expect(await program.run()).toMatchObject({ answer: 2, from: 'bundle' });
    program.setAnswer(34);
    expect(await program.run()).toMatchObject({ answer: 34, from: 'bundle' });
    expect(program.bundles()).toHaveLength(3);
  });

  it.each(['main.mjs', 'contents.json'])('one with half of %s is made anew', async (name) => {
    await program.run();
    const torn = join(only(), name);
    const { size } = statSync(torn);
    truncateSync(torn, size >> 1);
    expect(await program.run()).toMatchObject({ answer: 1, from: 'bundle' });
    expect(statSync(join(only(), name)).size).toBe(size);
  });

  it('one of which a file is gone is made anew', async () => {
    await program.run();
    rmSync(join(only(), 'main.mjs'));
    expect(await program.run()).toMatchObject({ answer: 1, from: 'bundle' });
  });

  it('one that does not load is not used', async () => {
    await program.run();
    const path = join(only(), 'main.mjs');
    writeFileSync(path, Buffer.alloc(statSync(path).size, '('));
    expect(await program.run()).toMatchObject({ answer: 1, from: 'sources' });
  });

  it('two that start at once make one', async () => {
    const all = await Promise.all([program.run(), program.run(), program.run(), program.run()]);
    expect(all.map(({ answer }) => answer)).toEqual([1, 1, 1, 1]);
    expect(only()).toContain('small-');
  });

  it('lies in the cache folder of the user when it cannot lie beside what is installed', async () => {
    writeFileSync(dirname(program.cache), 'no folder');
    expect(await program.run()).toMatchObject({ answer: 1, from: 'bundle' });
    expect(program.bundles(program.usersCache)).toHaveLength(1);
  });

  it('is done without where nothing can be written', async () => {
    writeFileSync(dirname(program.cache), 'no folder');
    writeFileSync(dirname(program.usersCache), 'no folder');
    expect(await program.run()).toMatchObject({ answer: 1, from: 'sources' });
  });

  it('is done without where that is asked for', async () => {
    expect(await program.run({ HEAPTRAIL_BUNDLE: 'off' })).toMatchObject({ answer: 1, from: 'sources' });
  });

  it('what nobody used for an hour is removed when another is made, what is in use is not', async () => {
    await program.run();
    const old = only();
    program.setAnswer(2);
    await program.run();
    const hoursAgo = Date.now() / 1000 - HOURS_2;
    const unfinished = `${old}.killed`;
    const strange = join(program.cache, 'of-somebody-else');
    for (const folder of [unfinished, strange]) {
      mkdirSync(folder);
      utimesSync(folder, hoursAgo, hoursAgo);
    }
    utimesSync(join(old, 'contents.json'), hoursAgo, hoursAgo);
    program.setAnswer(34);
    await program.run();
    expect(program.bundles()).toHaveLength(3);
    expect(program.bundles()).toContain('of-somebody-else');
    expect(program.bundles().map((name) => join(program.cache, name))).not.toContain(old);
  });

  it('being started from counts as use', async () => {
    await program.run();
    const contents = join(only(), 'contents.json');
    const hoursAgo = Date.now() / 1000 - HOURS_2;
    utimesSync(contents, hoursAgo, hoursAgo);
    await program.run();
    expect(Date.now() - statSync(contents).mtimeMs).toBeLessThan(60_000);
  });

  it('sources name their own place in it, and stacks are shown with the lines that were written', async () => {
    const { place, stack } = await program.run();
    const source = join(program.folder, 'src/main.ts');
    expect(place).toBe(pathToFileURL(source).href);
    expect(stack).toContain('main.mjs');
    const line =
      readFileSync(source, 'utf8')
        .split('\n')
        .findIndex((text) => text.includes('new Error')) + 1;
    expect(originalStack(stack)).toContain(`main (${pathToFileURL(source).href}:${line}:`);
  });
});

it('starts from the sources where esbuild is missing', async () => {
  const program = smallProgram(['tsx']);
  expect(await program.run()).toMatchObject({ answer: 1, from: 'sources' });
  program.remove();
});

it('heaptrail does the same from its bundle and from its sources', async () => {
  const versions: string[] = [];
  for (const env of [{}, { HEAPTRAIL_BUNDLE: 'off' }]) {
    const place = playground(env);
    versions.push((await place.heaptrail('--version')).stdout);
    const run = await place.heaptrail('run', '--out', 's', '--json', 'r.json', '--', PYTHON, '-c', 'print(1)');
    expect(run).toMatchObject({ code: 0, stdout: '1\n' });
    expect(JSON.parse(readFileSync(join(place.folder, 'r.json'), 'utf8'))).toMatchObject({ schema: 'heaptrail-report/1' });
    place.remove();
  }
  expect(new Set(versions).size).toBe(1);
});
