import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { loadDump } from '../../formats/cpython-dump/index.ts';
import { noProgress } from '../../graph/progress.ts';
import { finalizersAnswer } from './finalizers-answer.ts';
import { Heap } from './heap.ts';
import { finalizerLines } from './testing/finalizers-of.ts';

const AGENT = fileURLToPath(new URL('../../../../../agents/python', import.meta.url));

/** Three classes that their finalizers keep, one whose finalizer is healthy, and one that is in use. Writes its own heap. */
const PROGRAM = `
import sys, gc, time, os, weakref
sys.path.insert(0, ${JSON.stringify(AGENT)}); sys.dont_write_bytecode = True
class Bound:
    def __init__(self): weakref.finalize(self, self.close)
    def close(self): pass
class Closed:
    def __init__(self): weakref.finalize(self, lambda: self)
class Argument:
    def __init__(self): weakref.finalize(self, print, [self])
class Good:
    def __init__(self): weakref.finalize(self, print, 1)
class Used(Bound): pass
used = []
def make():
    for i in range(60):
        Bound(); Closed(); Argument(); Good(); used.append(Used()); used.append(Good())
make()
gc.collect()
from heaptrail_agent.dump import Dumper
pending = Dumper(keep_strings=False).start(sys.argv[1], 1, 20000, "auto")
result = None
while result is None:
    time.sleep(0.01); result = pending.poll()
os._exit(0 if result.status == "done" else 1)
`;

const folder = mkdtempSync(join(tmpdir(), 'heaptrail-finalizers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('objects of a Python program that their finalizers keep are found, and no others', () => {
  const path = join(folder, 'program.heap');
  const { status, stderr } = spawnSync('python3', ['-S', '-E', '-c', PROGRAM, path], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  const { graph } = loadDump(readFileSync(path), (stored, length) => inflateSync(stored, { maxOutputLength: Math.max(1, length) }));
  const loaded = { graph, format: 'cpython-dump', runtime: { name: 'cpython', version: undefined }, takenAtMs: undefined, whole: true };
  const answer = finalizersAnswer(new Heap(loaded, { path, sizeBytes: 1 }, noProgress), 20);
  expect(answer.registrations).toBe(300);
  expect(finalizerLines(answer)).toMatchInlineSnapshot(`
    [
      "60 __main__.Argument: finalizer-holds-its-target, held value: callback or arguments tuple → [0] list → [0] __main__.Argument",
      "60 __main__.Bound: finalizer-holds-its-target, held value: callback or arguments method → .__self__ __main__.Bound, line 6 in Bound.close",
      "60 __main__.Closed: finalizer-holds-its-target, held value: callback or arguments function → closure self __main__.Closed, line 8 in Closed.__init__.<locals>.<lambda>",
    ]
  `);
});
