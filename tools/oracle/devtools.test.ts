import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadBytes } from '../../packages/core/src/formats/v8-heapsnapshot/testing/load-small.ts';
import { MIXED_HEAP } from '../../packages/core/src/formats/v8-heapsnapshot/testing/programs.ts';
import { runProgram, takeSnapshot } from '../../packages/core/src/formats/v8-heapsnapshot/testing/take-snapshot.ts';
import { classDisagreement, SAME_CLASSES } from './compare-classes.ts';
import { AGREEMENT, disagreement } from './compare-with-devtools.ts';
import { devToolsHeap } from './devtools.ts';

const ONE_OF_EVERYTHING = readFileSync(join(import.meta.dirname, 'subject.cjs'), 'utf8');

describe.each([
  ['with one of everything', () => runProgram(ONE_OF_EVERYTHING)],
  ['with thousands of objects that know each other', () => takeSnapshot(MIXED_HEAP)],
])('DevTools says the same of a fresh snapshot %s', (_, take) => {
  it('of every node, and of every class', async () => {
    using snapshot = take();
    const graph = loadBytes(snapshot.bytes);
    const devTools = await devToolsHeap(snapshot.path);
    const nodes = disagreement(graph, devTools);
    expect(nodes).toMatchObject(AGREEMENT);
    expect(nodes.nodes).toBeGreaterThan(20_000);
    const classes = classDisagreement(graph, devTools);
    expect(classes).toMatchObject(SAME_CLASSES);
    expect(classes.retainedCompared).toBeGreaterThan(100);
  });
});
