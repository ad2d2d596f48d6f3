import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cycleCensus, type CycleKind } from '../../evidence/cycles/index.ts';
import { loadDump } from '../../formats/cpython-dump/index.ts';
import { dominators } from '../../graph/dominators/index.ts';

const AGENT = fileURLToPath(new URL('../../../../../agents/python', import.meta.url));

/** Makes cycles of four kinds, and writes its own heap. The last of each loop lives on in a variable of the module. */
const PROGRAM = `
import sys, gc, time, os, weakref
sys.path.insert(0, ${JSON.stringify(AGENT)}); sys.dont_write_bytecode = True
class Base:
    def __del__(self): pass
class Child(Base): pass
class Plain: pass
class Node:
    def __init__(self): self.children = []
keep = []
gc.collect(); gc.disable()
for i in range(50):
    n = Node(); k = Node(); n.children.append(k); k.parent = n
    weakref.finalize(n, print); keep.append(n)
for i in range(31):
    p = Plain(); c = Child(); p.child = c; c.parent = p
def fail():
    try: 1 / 0
    except ZeroDivisionError as error: mine = error
for i in range(20): fail()
from heaptrail_agent.dump import Dumper
pending = Dumper(keep_strings=False).start(sys.argv[1], 1, 20000, "auto")
result = None
while result is None:
    time.sleep(0.01); result = pending.poll()
os._exit(0 if result.status == "done" else 1)
`;

const folder = mkdtempSync(join(tmpdir(), 'heaptrail-cycles-'));
const kinds: string[] = [];

beforeAll(() => {
  const path = join(folder, 'program.heap');
  const { status, stderr } = spawnSync('python3', ['-S', '-E', '-c', PROGRAM, path], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  const { graph } = loadDump(readFileSync(path), (stored, length) => inflateSync(stored, { maxOutputLength: Math.max(1, length) }));
  const line = ({ signature, state, freedBy, knots, finalizers, example }: CycleKind): string => {
    const steps = example.steps.map(
      ({ node, label }) => `${graph.types[graph.typeOf[node]].displayName} ${graph.language.labelText(graph, label)}`,
    );
    return `${knots} ${state} ${freedBy ?? '-'} | ${signature} | ${finalizers.objects} __del__, ${finalizers.watched} watched | ${steps.length} steps`;
  };
  kinds.push(...cycleCensus(graph, dominators(graph)).kinds.map(line));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  '50 reachable - | __main__.Node.children, __main__.Node.parent, list[x] | 0 __del__, 50 watched | 3 steps',
  '1 reachable - | __main__.Child.parent, __main__.Plain.child | 1 __del__, 0 watched | 2 steps',
  '30 garbage collector | __main__.Child.parent, __main__.Plain.child | 30 __del__, 0 watched | 2 steps',
  '20 garbage collector | ZeroDivisionError.__traceback__, frame local mine, traceback.tb_frame | 0 __del__, 0 watched | 3 steps',
])('finds in the heap of a Python program: %s', (expected) => {
  expect(kinds).toContain(expected);
});
