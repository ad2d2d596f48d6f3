// node --expose-gc --max-old-space-size=N generate.mjs UNITS PREFIX
//
// Builds a heap and writes three real V8 snapshots of it: PREFIX.baseline.heapsnapshot, PREFIX.target.heapsnapshot after an
// action that leaks 4 handlers a unit and holds as many temporary objects, PREFIX.final.heapsnapshot after the temporary
// ones were let go. Plain JavaScript without a loader, so that nothing of the tools is in the heap.
import { statSync } from 'node:fs';
import { writeHeapSnapshot } from 'node:v8';
import { Program } from './program.mjs';
import { SeededRandom } from './random.mjs';

const SEED = 12345;
const LEAKED_EACH_UNIT = 4;

const [units, prefix] = [Number(process.argv[2]), process.argv[3]];
const program = new Program(new SeededRandom(SEED));
globalThis.benchProgram = program;
for (let unit = 0; unit < units; unit++) program.addUnit(unit);
const leaked = Math.max(200, units * LEAKED_EACH_UNIT);

write('baseline');
program.leak(leaked);
globalThis.benchTemporary = Array.from({ length: leaked }, (_, t) => ({ t, parts: [1, 2, { t }] }));
write('target');
globalThis.benchTemporary = null;
write('final');

function write(moment) {
  globalThis.gc();
  const path = `${prefix}.${moment}.heapsnapshot`;
  const began = performance.now();
  writeHeapSnapshot(path);
  const { heapUsed, rss } = process.memoryUsage();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.error(`  ${path}: ${megabytes(statSync(path).size)} in ${seconds} s, heap ${megabytes(heapUsed)}, RSS ${megabytes(rss)}`);
}

function megabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`;
}
