import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadBytes } from '../../packages/core/src/formats/v8-heapsnapshot/testing/load-small.ts';
import { MIXED_HEAP } from '../../packages/core/src/formats/v8-heapsnapshot/testing/programs.ts';
import {
  runProgram,
  takePage,
  takeSnapshot,
  type TakenSnapshot,
} from '../../packages/core/src/formats/v8-heapsnapshot/testing/take-snapshot.ts';
import { chromiumPath, takeChromiumSnapshot } from './chromium.ts';
import { classDisagreement, SAME_CLASSES, type ClassDisagreement } from './compare-classes.ts';
import { AGREEMENT, disagreement, type Disagreement } from './compare-with-devtools.ts';
import { devToolsHeap } from './devtools.ts';
import { OTHER_NODES, otherNode } from './other-nodes.ts';

const ONE_OF_EVERYTHING = readFileSync(join(import.meta.dirname, 'subject.cjs'), 'utf8');

describe('DevTools says the same of every node and of every class', () => {
  const table: (Disagreement & { readonly of: string; readonly classes: ClassDisagreement })[] = [];
  afterAll(() => console.table(table.map(({ classes, ...nodes }) => ({ ...nodes, 'classes (retained too)': wordsOf(classes) }))));

  const compare = async (of: string, snapshot: TakenSnapshot): Promise<void> => {
    const graph = loadBytes(snapshot.bytes);
    const devTools = await devToolsHeap(snapshot.path);
    const nodes = disagreement(graph, devTools);
    const classes = classDisagreement(graph, devTools);
    table.push({ of, ...nodes, classes });
    expect(nodes).toMatchObject(AGREEMENT);
    expect(classes).toMatchObject(SAME_CLASSES);
  };

  it.each([process.versions.node, ...OTHER_NODES])('of snapshots of Node %s', async (version) => {
    const node = version === process.versions.node ? process.execPath : otherNode(version);
    if (node === undefined) throw new Error(`no Node ${version} from npm; set HEAPTRAIL_NODES_DIR to a folder that has it`);
    using small = runProgram(ONE_OF_EVERYTHING, node);
    await compare(`Node ${version}, one of everything`, small);
    using large = takeSnapshot(MIXED_HEAP, node);
    await compare(`Node ${version}, thousands of objects`, large);
  });

  it.skipIf(chromiumPath() === undefined)('of a snapshot of a page in Chromium, with detached elements', async () => {
    using snapshot = await takePage(takeChromiumSnapshot);
    await compare('Chromium', snapshot);
  });
});

function wordsOf({ names, retainedCompared, objects, shallow, retained }: ClassDisagreement): string {
  return `${names} (${retainedCompared}); differ: ${objects}, ${shallow}, ${retained}`;
}
