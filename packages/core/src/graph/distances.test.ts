import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EdgeFlag } from './edge-flags.ts';
import { distances, NO_DISTANCE, SYSTEM_DISTANCE } from './distances.ts';
import { heapOf, randomHeap } from './testing/random-heap.ts';

describe('distances', () => {
  it('are those of relaxation until nothing changes, near anchors first', () => {
    fc.assert(
      fc.property(randomHeap(), (shape) => {
        const graph = heapOf(shape);
        const relax = (from: number[]): number[] => {
          const found = [...from];
          for (let round = 0; round < shape.nodeCount; round++)
            for (let node = 0; node < shape.nodeCount; node++)
              for (let e = graph.firstEdge[node]; e < graph.firstEdge[node + 1]; e++)
                if ((graph.edgeFlags[e] & EdgeFlag.weak) === 0)
                  found[graph.edgeTarget[e]] = Math.min(found[graph.edgeTarget[e]], found[node] + 1);
          return found;
        };
        const none = new Array<number>(shape.nodeCount).fill(Infinity);
        const near = relax(none.map((_, node) => (graph.anchors.near.includes(node) ? 1 : Infinity)));
        const base = graph.anchors.near.length > 0 ? SYSTEM_DISTANCE : 0;
        const anchors = [...graph.anchors.first, ...graph.anchors.second];
        const far = relax(none.map((_, node) => (node === graph.anchors.rootNode ? base : anchors.includes(node) ? base + 1 : Infinity)));
        const found = distances(graph);
        for (let node = 0; node < shape.nodeCount; node++) {
          const expected = Math.min(near[node], far[node]);
          expect(found[node]).toBe(expected === Infinity ? NO_DISTANCE : expected);
        }
      }),
    );
  });
});
