import { describe, expect, it } from 'vitest';
import { renderDot } from '../../dot/render-dot.ts';
import { renderSvg } from '../../svg/render-svg.ts';
import { renderDominators } from './render-dominators.ts';
import { renderGraph } from './render-graph.ts';
import { renderHistogram } from './render-histogram.ts';
import { renderPath } from './render-path.ts';
import { LOOK, sampleGraph, sampleHeap, sampleObject, sampleStep } from './sample-heap.ts';

const module = sampleObject('n-7', 'module', 900_000);
const set = sampleObject('n-8', 'set', 800_000);
const task = sampleObject('n-9', '_asyncio.Task', 2700);

describe('answers about a heap file, as they are read', () => {
  it('a path says how many objects are held in the same way, and by what', () => {
    const path = [sampleStep('module __main__', module), sampleStep('.tasks', set), sampleStep('{…}', task)];
    const group = {
      objects: 293,
      shallowBytes: 51_600,
      retainedBytes: 797_000,
      example: task,
      path,
      allocated: [{ function: 'start', file: 'jobs.py', line: 7 }],
    };
    const answer = {
      asked: '_asyncio.Task',
      objects: 300,
      unheld: 2,
      lookedAt: 293,
      groups: [group],
      moreGroups: 2,
      otherPaths: [],
      allocated: [],
    };
    expect(renderPath(sampleHeap, answer, LOOK)).toMatchInlineSnapshot(`
      "worker.heap   cpython 3.13.0, file 1.1 MB   60,317 objects, 9.7 MB held, 100 kB garbage

      _asyncio.Task 300 objects, held in 3 ways (and 2 that nothing holds)
      CUT: only the 293 largest were looked at.

      293 × _asyncio.Task   retains 797 kB   for example n-9
        held by     module __main__ (n-7) → .tasks (set, n-8) → {…} (_asyncio.Task, n-9, 2.7 kB)
        allocated   jobs.py:7 in start
      … and 2 more ways; --limit 3 shows them
      "
    `);
  });

  it('a path along a list shows what repeats once, with its first and last object', () => {
    const timer = sampleObject('n-20', 'Timeout', 900);
    const first = { times: 118, steps: 1, first: 'n-11', last: 'n-20' };
    const pair = { times: 1200, steps: 2, first: 'n-30', last: 'n-40' };
    const ends = { times: 4, steps: 1, first: 'n-50', last: 'n-9' };
    const path = [
      sampleStep('global', module),
      { ...sampleStep('._idleNext', timer), repeats: first },
      { ...sampleStep('<reactions_or_result>', sampleObject('n-39', '(system)', 90)), repeats: pair },
      sampleStep('<Promise>', sampleObject('n-40', 'Promise', 90)),
      { ...sampleStep('.next', task), repeats: ends },
    ];
    const group = { objects: 1, shallowBytes: 64, retainedBytes: 2700, example: task, path, allocated: [] };
    const answer = { asked: 'n-9', objects: 1, unheld: 0, lookedAt: 1, groups: [group], moreGroups: 0, otherPaths: [], allocated: [] };
    expect(renderPath(sampleHeap, answer, LOOK)).toMatchInlineSnapshot(`
      "worker.heap   cpython 3.13.0, file 1.1 MB   60,317 objects, 9.7 MB held, 100 kB garbage

      _asyncio.Task  n-9   retains 2.7 kB
        held by     global (n-7) → ._idleNext × 118 (Timeout, n-11 … n-20) → (<reactions_or_result>
                    ((system)) → <Promise>) × 1,200 (n-30 … n-40) → .next × 4
                    (_asyncio.Task, n-50 … n-9, 2.7 kB)
      "
    `);
  });

  it('a path of what nothing holds says so', () => {
    const answer = { asked: 'n-9', objects: 1, unheld: 1, lookedAt: 0, groups: [], moreGroups: 0, otherPaths: [], allocated: [] };
    expect(renderPath(sampleHeap, answer, LOOK)).toContain('NOTHING HOLDS 1 object of n-9');
  });

  it('what only parts of the runtime hold is not called garbage', () => {
    const answer = { asked: 'n-1', objects: 1, unheld: 0, lookedAt: 1, groups: [], moreGroups: 0, otherPaths: [], allocated: [] };
    const text = renderPath(sampleHeap, answer, LOOK);
    expect(text).toContain('NO PATH leads from the program to 1 object of n-1');
    expect(text).not.toContain('garbage that waits');
  });

  it('a histogram is a table, and says what it leaves out', () => {
    const row = { type: 'dict', objects: 2695, shallowBytes: 1_100_000, retainedBytes: 6_800_000, unheldObjects: 12 };
    const answer = { sortedBy: 'retained' as const, rows: [row], rest: { types: 180, objects: 13_834, shallowBytes: 1_600_000 } };
    expect(renderHistogram({ ...sampleHeap, whole: false, gaps: ['3 left out: time'] }, answer, LOOK)).toMatchInlineSnapshot(`
      "worker.heap   cpython 3.13.0, file 1.1 MB   60,317 objects, 9.7 MB held, 100 kB garbage
      INCOMPLETE the file does not hold the whole heap: figures below are of what it holds
      3 left out: time

      retained  share  shallow  objects  of these garbage  type
        6.8 MB   70 %   1.1 MB    2,695                12  dict
      … and 180 more types, 13,834 objects, 1.6 MB shallow; --limit shows more
      "
    `);
  });

  it('dominators are a tree with sums', () => {
    const leaf = {
      object: task,
      where: 'module __main__ → .tasks → {…}',
      retainedBytes: 2700,
      selfBytes: 2700,
      children: [],
      rest: { objects: 0, bytes: 0, types: [] },
    };
    const rest = { objects: 292, bytes: 700_000, types: [{ type: '_asyncio.Task', objects: 290, bytes: 690_000 }] };
    const tasks = { object: set, where: 'module __main__ → .tasks', retainedBytes: 800_000, selfBytes: 97_300, children: [leaf], rest };
    const root = {
      object: null,
      where: null,
      retainedBytes: 9_700_000,
      selfBytes: 0,
      children: [tasks],
      rest: { objects: 0, bytes: 0, types: [] },
    };
    expect(renderDominators(sampleHeap, { asked: null, root, depth: 1, leastShare: 0.02, cutByDepth: 3 }, LOOK)).toMatchInlineSnapshot(`
      "worker.heap   cpython 3.13.0, file 1.1 MB   60,317 objects, 9.7 MB held, 100 kB garbage

      retained   share  object
        800 kB   8.2 %  set  n-8  module __main__ → .tasks
        2.7 kB  <0.1 %    _asyncio.Task  n-9  module __main__ → .tasks → {…}
        700 kB   7.2 %    292 smaller: 290 _asyncio.Task …
      CUT at depth 1: 3 more objects with at least 2.0 %; --depth 3 or "heaptrail dominators FILE n-…"
      goes on
      "
    `);
  });

  it('a reference graph is two trees, with cycles marked and nothing unfolded twice', () => {
    expect(renderGraph(sampleHeap, sampleGraph, LOOK)).toMatchInlineSnapshot(`
      "worker.heap   cpython 3.13.0, file 1.1 MB   60,317 objects, 9.7 MB held, 100 kB garbage

      app.Session  n-1   retains 5.0 kB   cycle 1 (4 references not shown)
        refers to
          .__dict__ → dict  n-2   4.0 kB   cycle 1
            ["self"] → app.Session  n-1   5.0 kB   cycle 1 (shown above)
            ["name"] → str "say "hi"\\u000a"  n-3   60.0 B
          .watched → str "say "hi"\\u000a"  n-3   60.0 B (holds nothing) (shown above)
      CUT: 4 objects more lie within this depth; --limit shows more
      "
    `);
  });

  it('a reference graph in DOT is one that Graphviz takes', async () => {
    expect(renderDot(sampleGraph)).toMatchInlineSnapshot(`
      "digraph heap {
        rankdir=LR;
        node [shape=box, style="rounded,filled", fillcolor="#f7f7f7", color="#999999", fontname="Helvetica", fontsize=10];
        edge [color="#666666", fontname="Helvetica", fontsize=9];
        "n-1" [label="app.Session\\nn-1, retains 5.0 kB\\n1 more → it\\nit → 3 more", color="#d55e00", penwidth=2, fontname="Helvetica-Bold", fillcolor="#fff3c4"];
        "n-2" [label="dict\\nn-2, retains 4.0 kB", color="#d55e00", penwidth=2];
        "n-3" [label="str \\"say \\"hi\\"\\n\\"\\nn-3, retains 60.0 B"];
        "n-1" -> "n-2" [label=".__dict__", color="#d55e00", penwidth=2];
        "n-2" -> "n-1" [label="[\\"self\\"]", color="#d55e00", penwidth=2];
        "n-2" -> "n-3" [label="[\\"name\\"]"];
        "n-1" -> "n-3" [label=".watched", style=dashed];
        cut [shape=plaintext, style="", label="4 more objects are left out"];
      }
      "
    `);
    const svg = await renderSvg(sampleGraph);
    expect(svg).toContain('</svg>');
    expect(svg).toContain('app.Session');
    expect(svg).toContain('#d55e00');
  });

  it('shows no control character that a heap may hold', () => {
    const evil = { ...sampleHeap, file: 'a\u001b[2Jb' };
    expect(renderGraph(evil, sampleGraph, LOOK)).not.toContain('\u001b');
  });
});
