import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, copyFileSync, existsSync, openSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CyclesAnswer, DiffAnswer, GraphView, HeapReport, HeapSummary, HistogramAnswer, PathAnswer } from '@heaptrail/core';
import { BIN, playground, type Outcome, type Playground } from './testing/run-heaptrail.ts';

const SHOP = fileURLToPath(new URL('../../../docs/examples/shop.mjs', import.meta.url));
const GOLDEN = fileURLToPath(new URL('../../../protocol/golden/golden-3.11.heap', import.meta.url));

interface Answer<T> {
  readonly schema: string;
  readonly command: string;
  readonly heap: HeapSummary;
  readonly answer: T;
}

describe('commands on heap files', () => {
  let place: Playground;
  const file = (name: string): string => join(place.folder, name);
  const ask = async <T>(...args: string[]): Promise<Answer<T>> => {
    const outcome = await place.heaptrail(...args, '--json');
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    return JSON.parse(outcome.stdout) as Answer<T>;
  };
  const page = async (...args: string[]): Promise<string> => {
    const outcome = await place.heaptrail(...args);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    return outcome.stdout;
  };

  beforeAll(() => {
    place = playground();
    execFileSync(process.execPath, [SHOP, place.folder], { stdio: 'pipe' });
    copyFileSync(GOLDEN, file('golden.heap'));
  });
  afterAll(() => place.remove());

  it('analyze begins with what keeps most, and names the holder', async () => {
    const { answer, heap, schema } = await ask<HeapReport>('analyze', file('shop-2.heapsnapshot'));
    expect(schema).toBe('heaptrail-heap/1');
    expect(heap).toMatchObject({ format: 'v8-heapsnapshot', whole: true, garbage: null });
    const sessions = answer.suspects.suspects.find(({ type }) => type === 'Session');
    expect(sessions).toMatchObject({ kind: 'group', objects: 400, passes: true });
    expect(sessions?.path.map(({ step }) => step).slice(0, 2)).toEqual([`module ${SHOP}`, 'variable sessions']);
    const text = await page('analyze', file('shop-2.heapsnapshot'));
    expect(text.split('\n').slice(0, 4).join('\n')).toContain('SUSPECT  400 × Session');
  });

  it('analyze of a CPython dump has garbage and cycles with the collector as the one who frees them', async () => {
    const { answer, heap } = await ask<HeapReport>('analyze', file('golden.heap'));
    expect(heap).toMatchObject({ format: 'cpython-dump', runtime: { name: 'cpython' } });
    expect(answer.garbage.reduce((sum, { objects }) => sum + objects, 0)).toBeLessThanOrEqual(heap.garbage?.objects ?? -1);
    expect(answer.histogram.rows.length).toBe(12);
  });

  it('path groups the objects of a type by what holds them, and takes handles back', async () => {
    const { answer } = await ask<PathAnswer>('path', file('shop-2.heapsnapshot'), 'Session');
    expect(answer).toMatchObject({ objects: 400, unheld: 0 });
    const handle = answer.groups[0].example.handle;
    const one = await ask<PathAnswer>('path', file('shop-2.heapsnapshot'), handle);
    expect(one.answer.groups[0]?.example).toEqual(answer.groups[0].example);
    const address = await ask<PathAnswer>('path', file('shop-2.heapsnapshot'), one.answer.groups[0].example.address);
    expect(address.answer.groups[0]?.example.handle).toBe(handle);
  });

  it('packed files are read as they are', async () => {
    const bytes = readFileSync(file('shop-1.heapsnapshot'));
    writeFileSync(file('shop.gz'), gzipSync(bytes));
    writeFileSync(file('shop.heapsnapshot.br'), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }));
    const plain = await ask<HistogramAnswer>('histogram', file('shop-1.heapsnapshot'));
    for (const packed of ['shop.gz', 'shop.heapsnapshot.br']) {
      const { answer, heap } = await ask<HistogramAnswer>('histogram', file(packed));
      expect(answer).toEqual(plain.answer);
      expect(heap.fileBytes, 'size of the file as it is').toBe(statSync(file(packed)).size);
    }
  });

  it('shallow sizes are with their owners, or raw', async () => {
    const owner = await ask<HistogramAnswer>('histogram', file('shop-2.heapsnapshot'));
    const raw = await ask<HistogramAnswer>('histogram', file('shop-2.heapsnapshot'), '--shallow', 'raw');
    const shallow = ({ answer }: Answer<HistogramAnswer>, type: string): number =>
      answer.rows.find((row) => row.type === type)!.shallowBytes;
    expect(raw.heap.shallowBytes).toBe(owner.heap.shallowBytes);
    expect(shallow(raw, '(array)')).toBeGreaterThan(shallow(owner, '(array)'));
  });

  it('cycles shows the knots of sessions and carts', async () => {
    const { answer } = await ask<CyclesAnswer>('cycles', file('shop-2.heapsnapshot'), '--limit', '1000');
    expect(answer.reachable.objects).toBeGreaterThan(800);
    const python = await ask<CyclesAnswer>('cycles', file('golden.heap'), '--limit', '1000');
    expect(python.answer.kinds.every(({ example }) => example.length > 0)).toBe(true);
  });

  it('diff says what is new and still there', async () => {
    const { answer } = await ask<DiffAnswer>('diff', file('shop-1.heapsnapshot'), file('shop-2.heapsnapshot'));
    expect(answer.by).toBe('identity');
    expect(answer.survivors?.groups.find(({ type }) => type === 'Session')).toMatchObject({ objects: 200 });
    expect(answer.rows.find(({ type }) => type === 'Cart')).toMatchObject({
      objects: [200, 400],
      steps: [{ newObjects: 200, freedObjects: 0 }],
    });
    const runs = await ask<DiffAnswer>('diff', '--runs', file('shop-1.heapsnapshot'), file('shop-2.heapsnapshot'));
    expect(runs.answer.places?.changes.length).toBeGreaterThan(0);
  });

  it('diff fails on what was set as a limit, and on nothing else', async () => {
    const [before, after] = [file('shop-1.heapsnapshot'), file('shop-2.heapsnapshot')];
    const judged = async (...args: string[]) => {
      const { code, stdout, stderr } = await place.heaptrail('diff', ...args, '--json');
      expect(stderr).toBe('');
      const { limits } = (JSON.parse(stdout) as Answer<DiffAnswer>).answer;
      return { code, found: limits.map(({ found, exceeded }) => ({ found, exceeded })) };
    };
    const sessions = ['--fail-on', 'survivors:Session'];
    expect(await judged(before, after, after, ...sessions)).toEqual({ code: 3, found: [{ found: 200, exceeded: true }] });
    expect(await judged(before, before, after, ...sessions)).toEqual({ code: 0, found: [{ found: 0, exceeded: false }] });
    expect((await judged(before, after, after, '--fail-on', 'survivors:Session=200', '--fail-on', 'growth=100MB')).code).toBe(0);
    expect((await judged(before, after, after, '--fail-on', 'survivors:Session=200', '--fail-on', 'survivors=1kB')).code).toBe(3);
    expect((await judged(before, after, '--fail-on', 'growth=100kB')).code).toBe(3);
    expect((await judged(after, before, '--fail-on', 'growth=0')).code).toBe(0);
    expect((await judged(before, after, '--runs', '--fail-on', 'growth=100kB')).code).toBe(3);

    const { code, stdout } = await place.heaptrail('diff', before, after, after, '--fail-on', 'survivors:Sesion', '--fail-on', 'growth=0');
    expect(code).toBe(3);
    expect(stdout).toContain('WITHIN LIMIT 0 × Sesion survived; 0 are allowed (the last heap has no type of this name)');
    expect(stdout).toMatch(/LIMIT EXCEEDED held bytes changed by \+\d+ kB; 0 B are allowed/);
  });

  it('diff refuses what a few heaps cannot tell', async () => {
    const [before, after] = [file('shop-1.heapsnapshot'), file('shop-2.heapsnapshot')];
    await fails(2, 'do not tell a leak from a cache that fills', 'diff', before, after, '--fail-on', 'leak');
    await fails(2, 'needs three heaps', 'diff', before, after, '--fail-on', 'survivors:Session');
    await fails(2, 'different processes have no survivors', 'diff', '--runs', before, after, after, '--fail-on', 'survivors=1MB');
    await fails(2, 'Write a number with its unit', 'diff', before, after, '--fail-on', 'growth=much');
  });

  it('graph draws a picture that names the cycle', async () => {
    const { answer } = await ask<GraphView>('graph', file('shop-2.heapsnapshot'), 'Cart');
    expect(answer.edges.some(({ label, cycle }) => label === '.session' && cycle !== null)).toBe(true);
    await page('graph', file('shop-2.heapsnapshot'), 'Cart', '--svg', file('cart.svg'), '--dot', file('cart.dot'));
    expect(readFileSync(file('cart.svg'), 'utf8')).toContain('</svg>');
    expect(readFileSync(file('cart.dot'), 'utf8')).toContain('digraph heap');
    expect(await page('graph', file('golden.heap'), 'module', '--dot', '-')).toContain('digraph heap');
  });

  it('dominators sums up to the whole', async () => {
    const text = await page('dominators', file('golden.heap'), '--least', '10');
    expect(text).toContain('share  object');
  });

  const fails = async (code: number, error: string, ...args: string[]): Promise<Outcome> => {
    const outcome = await place.heaptrail(...args);
    expect(outcome).toMatchObject({ code, stdout: '' });
    expect(outcome.stderr).toContain(error);
    expect(outcome.stderr).not.toMatch(/\n\s+at /);
    return outcome;
  };

  it('what a file calls its types cannot move the terminal, in JSON neither', async () => {
    const text = readFileSync(file('shop-1.heapsnapshot'), 'utf8');
    writeFileSync(file('hostile.heapsnapshot'), text.replaceAll('"Session"', '"Ses\u009b2J\u202esion"'));
    for (const args of [[], ['--json']]) {
      const { code, stdout } = await place.heaptrail('histogram', file('hostile.heapsnapshot'), '--limit', '1000', ...args);
      expect(code).toBe(0);
      expect(stdout).not.toMatch(/[\u0080-\u009f\u202e]/);
      expect(stdout).toContain('Ses\\u009b2J\\u202esion');
    }
  });

  it('diff refuses heaps of different processes and runtimes, instead of calling objects new that only have other ids', async () => {
    execFileSync(process.execPath, ['-e', `require('v8').writeHeapSnapshot(${JSON.stringify(file('other.heapsnapshot'))})`]);
    await fails(1, 'different processes', 'diff', file('shop-1.heapsnapshot'), file('other.heapsnapshot'));
    const { answer } = await ask<DiffAnswer>('diff', '--runs', file('shop-1.heapsnapshot'), file('other.heapsnapshot'));
    expect(answer.survivors).toBeNull();
    await fails(1, 'one is of V8, the other of cpython', 'diff', file('shop-1.heapsnapshot'), file('golden.heap'));
    await fails(1, 'one is of V8, the other of cpython', 'diff', '--runs', file('shop-1.heapsnapshot'), file('golden.heap'));
  });

  it('analyze of a name that is nothing does not ask for a session, nor does a question to a profile call it no heap file', async () => {
    await fails(1, 'HEAPTRAIL_FILE_MISSING', 'analyze', file('no-such-file.heapsnapshot'));
    writeFileSync(
      file('a.heapprofile'),
      JSON.stringify({ head: { callFrame: { functionName: '', url: '', lineNumber: -1 }, selfSize: 0, children: [], id: 1 }, samples: [] }),
    );
    await fails(1, 'HEAPTRAIL_FILE_IS_PROFILE', 'histogram', file('a.heapprofile'));
    writeFileSync(file('a.heapprofile.gz'), gzipSync(readFileSync(file('a.heapprofile'))));
    const { stdout } = await place.heaptrail('analyze', file('a.heapprofile.gz'), '--json');
    const { profile } = JSON.parse(stdout) as { profile: { fileBytes: number } };
    expect(profile.fileBytes, 'size of the file as it is').toBe(statSync(file('a.heapprofile.gz')).size);
  });

  it('graph names the option whose file cannot be written, and prints one thing only', async () => {
    await fails(1, 'with --svg FILE', 'graph', file('shop-1.heapsnapshot'), 'Session', '--svg', '/no/such/folder/x.svg');
    await fails(2, 'only one of', 'graph', file('shop-1.heapsnapshot'), 'Session', '--dot', '-', '--json');
  });

  it('path does not call the root garbage, nor the groups of roots below it', async () => {
    await fails(1, 'the root itself', 'path', file('shop-1.heapsnapshot'), 'n-0');
    expect(await page('path', file('shop-1.heapsnapshot'), 'n-1')).toContain('NO PATH leads from the program to 1 object of n-1');
  });

  it('an answer is never written over a heap or a profile, whatever the order of the arguments', async () => {
    const heap = file('precious.heapsnapshot');
    copyFileSync(file('shop-1.heapsnapshot'), heap);
    const before = readFileSync(heap);
    const code = 'HEAPTRAIL_FILE_IN_THE_WAY';
    await fails(1, code, 'diff', '--json', heap, file('shop-1.heapsnapshot'), file('shop-2.heapsnapshot'));
    await fails(1, code, 'histogram', heap, '--json', heap);
    await fails(1, code, 'analyze', heap, '--json', heap);
    await fails(1, code, 'graph', heap, 'Session', '--svg', heap);
    await fails(1, code, 'graph', heap, 'Session', '--dot', file('golden.heap'));
    expect(readFileSync(heap).equals(before)).toBe(true);
    await fails(2, '--json took', 'histogram', '--json', heap);
    const answer = file('answer.json');
    for (let i = 0; i < 2; i++) await page('histogram', heap, '--json', answer);
  });

  it.runIf(existsSync('/dev/full'))('an answer that a full disk did not take is a failure', async () => {
    const asked = ['histogram', file('shop-1.heapsnapshot')];
    for (const args of [asked, [...asked, '--json'], ['graph', file('shop-1.heapsnapshot'), 'Cart', '--dot', '-']]) {
      const full = openSync('/dev/full', 'w');
      const { status, stderr } = spawnSync(process.execPath, [BIN, ...args], { stdio: ['ignore', full, 'pipe'], encoding: 'utf8' });
      closeSync(full);
      expect(stderr).toContain('HEAPTRAIL_ANSWER_NOT_WRITTEN');
      expect(status).toBe(1);
    }
  });

  it('tells of each mistake in one sentence, without a stack', async () => {
    writeFileSync(file('notes.txt'), 'these are my notes');
    copyFileSync(file('shop-1.heapsnapshot'), file('cut.heapsnapshot'));
    truncateSync(file('cut.heapsnapshot'), 3_000_000);
    await fails(1, 'HEAPTRAIL_', 'histogram', file('no-such-file'));
    await fails(1, 'HEAPTRAIL_', 'histogram', place.folder);
    await fails(1, 'HEAPTRAIL_FORMAT_UNKNOWN', 'histogram', file('notes.txt'));
    await fails(1, 'HEAPTRAIL_SNAPSHOT_', 'histogram', file('cut.heapsnapshot'));
    await fails(1, 'HEAPTRAIL_OBJECT_UNKNOWN', 'path', file('shop-1.heapsnapshot'), 'Sessions');
    await fails(1, 'HEAPTRAIL_JSON_UNUSABLE', 'histogram', file('shop-1.heapsnapshot'), '--json', '/no/such/folder/x.json');
    await fails(2, 'needs two', 'diff', file('shop-1.heapsnapshot'));
    await fails(2, 'heaptrail path --help shows examples', 'path', file('shop-1.heapsnapshot'));
    await fails(2, '--fail-on is for session folders', 'analyze', file('shop-1.heapsnapshot'), '--fail-on', 'leak');
  });
});
