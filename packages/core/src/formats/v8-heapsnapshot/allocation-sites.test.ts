import { describe, expect, it } from 'vitest';
import { loadBytes, loadText } from './testing/load-small.ts';
import { writeSnapshot, type SmallNode } from './testing/small-snapshot.ts';
import { runProgram } from './testing/take-snapshot.ts';

/** V8 forgets where the objects were made that a compaction moves. */
const TRACKED = `
require('node:v8').setFlagsFromString('--no-compact');
const { Session } = require('node:inspector');
const fs = require('node:fs');
const session = new Session();
session.connect();
const out = fs.openSync(process.argv[2], 'w');
session.on('HeapProfiler.addHeapSnapshotChunk', ({ params }) => fs.writeSync(out, params.chunk));
class Leaky {}
function makeLeaky() { return new Leaky(); }
function fill() { globalThis.kept = Array.from({ length: 100 }, makeLeaky); }
class Rendered {}
const render = new Function('Rendered', 'return new Rendered();');
session.post('HeapProfiler.startTrackingHeapObjects', { trackAllocations: true }, () => {
  fill();
  globalThis.page = render(Rendered);
  session.post('HeapProfiler.stopTrackingHeapObjects', {}, () => process.exit(0));
});
`;

describe('allocation stacks', () => {
  it('of a program that was tracked lead from the function that allocated to its callers', () => {
    using snapshot = runProgram(TRACKED);
    const { sites, types, typeOf } = loadBytes(snapshot.bytes);
    const leaky = [...typeOf.keys()].filter((node) => types[typeOf[node]].displayName === 'Leaky' && sites.siteOf(node) >= 0);
    expect(sites.traced).toBe(true);
    expect(leaky).toHaveLength(100);
    const frames = sites.frames(sites.siteOf(leaky[0])).filter(({ file }) => file.endsWith('program.cjs'));
    expect(frames.map(({ function: name, line, column }) => `${name} ${line}:${column}`)).toEqual([
      'makeLeaky 10:19',
      'fill 11:14',
      '(anonymous) 14:83',
      '(top level) 1:1',
    ]);
    const page = [...typeOf.keys()].find((node) => types[typeOf[node]].displayName === 'Rendered' && sites.siteOf(node) >= 0)!;
    expect(sites.frames(sites.siteOf(page))[0].file).toBe('<evaluated code>');
  });

  it('are told by the tree of the file, whatever the order of its ids', () => {
    const graph = loadText(tracked('[1,0,0,0,[9,1,0,0,[4,2,5,100,[]],3,2,1,10,[]]]', [0, 9, 4, 3, 7]));
    expect([0, 1, 2, 3, 4].map((node) => graph.sites.siteOf(node))).toEqual([-1, 1, 2, 3, -1]);
    expect(graph.sites.frames(2)).toEqual([
      { function: 'leaf', file: 'app.js', line: 7, column: 3 },
      { function: '(top level)', file: 'app.js', line: 1, column: 1 },
    ]);
    expect(graph.sites.frames(0)).toEqual([]);
  });

  it('are none where the program was not tracked', () => {
    const { sites } = loadText(writeSnapshot([{ type: 'synthetic' }]));
    expect([sites.traced, sites.siteCount, sites.siteOf(0)]).toEqual([false, 0, -1]);
  });
});

describe('a damaged tree of stacks', () => {
  it.each([
    ['names a function that is not there', '[1,0,0,0,[2,3,0,0,[]]]', /names function 3, and there are 3/],
    ['breaks off within a stack', '[1,0,0]', /ends after 3 of its 5 fields/],
    ['has a number in place of a list', '[1,0,0,0,5]', /has no list of what it calls/],
    ['has a list in place of a number', '[1,[],0,0,[]]', /found '\['/],
    ['is not closed', '[1,0,0,0,[', /contradicts|Expected|ends/],
  ])('%s', (_, tree, message) => {
    expect(() => loadText(tracked(tree, [0]))).toThrow(message);
  });

  it('may be a hundred thousand calls deep', () => {
    const depth = 100_000;
    const tree = `[1,0,0,0,${Array.from({ length: depth }, (_, i) => `[${i + 2},2,0,0,`).join('')}[]${']'.repeat(depth)}]`;
    const { sites } = loadText(tracked(tree, [0, depth + 1]));
    expect(sites.frames(sites.siteOf(1))).toHaveLength(depth);
  });
});

/** A heap with these stacks; node n was allocated at stack `traces[n]`. */
function tracked(tree: string, traces: readonly number[]): string {
  const nodes = traces.map((trace): SmallNode => ({ type: trace === 0 ? 'synthetic' : 'object', name: 'app.js', trace }));
  const names: SmallNode[] = ['', 'leaf'].map((name) => ({ type: 'string', name }));
  const text = writeSnapshot([...nodes, ...names], {
    header: { trace_function_count: 3 },
    more: { trace_tree: tree, trace_function_infos: '[]' },
  });
  const strings = (JSON.parse(text.replace(tree, '[]')) as { strings: string[] }).strings;
  const at = (name: string): number => strings.indexOf(name);
  const functions = [
    [0, at(''), at(''), 0, 0, 0],
    [1, at(''), at('app.js'), 1, 1, 1],
    [2, at('leaf'), at('app.js'), 1, 7, 3],
  ];
  return text.replace('"trace_function_infos":[]', `"trace_function_infos":[${functions.join(',')}]`);
}
