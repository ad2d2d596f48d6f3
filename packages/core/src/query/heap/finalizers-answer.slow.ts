import { describe, expect, it } from 'vitest';
import { chromiumPath, takeChromiumSnapshot } from '../../../../../tools/oracle/chromium.ts';
import { OTHER_NODES, otherNode } from '../../../../../tools/oracle/other-nodes.ts';
import { runProgram, takePage, takeSnapshot } from '../../formats/v8-heapsnapshot/testing/take-snapshot.ts';
import { CLEAN_FINALIZERS, HEALTHY_VARIABLES, HEALTHY_WEB, LEAKY_FINALIZERS } from './testing/finalizer-programs.ts';
import { finalizerLines, finalizersOf } from './testing/finalizers-of.ts';

/** What stands in a line before the way, which is told apart in the quick test. */
const kindOf = (line: string): string => line.slice(0, line.indexOf(':'));
const KINDS = [
  '100 Account',
  '100 Channel',
  '100 Connection',
  '100 File',
  '100 Lease',
  '100 Query',
  '100 Report',
  '100 Session',
  '200 Peer',
];

describe.each(OTHER_NODES)('in a snapshot of Node %s', (version) => {
  const node = otherNode(version);

  it.skipIf(node === undefined)('all objects that finalizers keep are found, and no others', () => {
    using leaky = takeSnapshot(`${LEAKY_FINALIZERS}\ngc();`, node);
    expect(finalizerLines(finalizersOf(leaky)).map(kindOf)).toEqual(KINDS);
    using clean = takeSnapshot(`${CLEAN_FINALIZERS}\ngc();`, node);
    expect(finalizersOf(clean).kinds).toEqual([]);
  });

  it.skipIf(node === undefined)('the finalizers of Node itself are healthy', () => {
    using snapshot = runProgram(HEALTHY_WEB, node);
    const { kinds, registrations } = finalizersOf(snapshot);
    expect(kinds).toEqual([]);
    expect(registrations).toBeGreaterThan(10);
  });

  it.skipIf(node === undefined)('variables of functions hold what they hold', () => {
    using snapshot = runProgram(HEALTHY_VARIABLES, node);
    expect(finalizersOf(snapshot).kinds).toEqual([]);
  });
});

describe.skipIf(chromiumPath() === undefined)('in a page of Chromium', () => {
  it('all objects that finalizers keep are found, and no others', async () => {
    using leaky = await takePage((path) => takeChromiumSnapshot(path, LEAKY_FINALIZERS));
    expect(finalizerLines(finalizersOf(leaky)).map(kindOf)).toEqual(KINDS);
    using clean = await takePage((path) => takeChromiumSnapshot(path, CLEAN_FINALIZERS));
    expect(finalizersOf(clean).kinds).toEqual([]);
  });
});
