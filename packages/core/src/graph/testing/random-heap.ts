import fc from 'fast-check';
import type { Anchors } from '../anchors.ts';
import { EdgeKind, edgeLabel } from '../edge-label.ts';
import { EdgeFlag } from '../edge-flags.ts';
import { LabelColumn, NO_SITES } from '../graph-builder.ts';
import type { HeapGraph } from '../heap-graph.ts';
import { InternedNames } from '../name-table.ts';
import { TextLanguage } from '../text-language.ts';

/** A heap by its columns alone, for tests of algorithms that read nothing else. */
export interface HeapShape {
  readonly nodeCount: number;
  readonly edges: readonly { readonly from: number; readonly to: number; readonly flags: number }[];
  readonly anchors: {
    readonly rootNode: boolean;
    readonly first: readonly number[];
    readonly second: readonly number[];
    readonly unreached: Anchors['unreached'];
  };
  /** Type of each node, as a small number. */
  readonly typeOf: readonly number[];
  readonly shallowBytes: readonly number[];
}

/** Flags as loaders give them: strong, shortcut-like, weak. */
const flags = fc.constantFrom(0, 0, 0, 0, EdgeFlag.holdsNothing, EdgeFlag.holdsNothing | EdgeFlag.weak);

/** Heaps of up to `most` nodes with everything that a loader can say: tiers, references that hold nothing, weak ones, things that nothing holds. */
export function randomHeap(most = 32): fc.Arbitrary<HeapShape> {
  return fc.integer({ min: 2, max: most }).chain((nodeCount) => {
    // Node 0 may be the root, so nothing refers to it.
    const node = fc.integer({ min: 1, max: nodeCount - 1 });
    return fc.record({
      nodeCount: fc.constant(nodeCount),
      edges: fc.array(fc.record({ from: node, to: node, flags }), { maxLength: nodeCount * 4 }),
      anchors: fc.record({
        rootNode: fc.boolean(),
        first: fc.uniqueArray(node, { maxLength: 3 }),
        second: fc.uniqueArray(node, { maxLength: 3 }),
        unreached: fc.constantFrom('held' as const, 'garbage' as const),
      }),
      typeOf: fc.array(fc.nat(3), { minLength: nodeCount, maxLength: nodeCount }),
      shallowBytes: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: nodeCount, maxLength: nodeCount }),
    });
  });
}

/** The shape as a heap. Where node 0 is the root it has a reference to each anchor, as snapshots of V8 do. */
export function heapOf(shape: HeapShape): HeapGraph {
  const { nodeCount, anchors } = shape;
  const rootEdges = anchors.rootNode ? [...anchors.first, ...anchors.second].map((to) => ({ from: 0, to, flags: 0 })) : [];
  const edges = [...rootEdges, ...shape.edges].sort((a, b) => a.from - b.from);
  const firstEdge = new Uint32Array(nodeCount + 1);
  for (const { from } of edges) firstEdge[from + 1]++;
  for (let node = 0; node < nodeCount; node++) firstEdge[node + 1] += firstEdge[node];
  const names = new InternedNames();
  const label = edgeLabel(EdgeKind.attribute, names.intern('e'));
  const typeCount = Math.max(0, ...shape.typeOf) + 1;
  return {
    nodeCount,
    edgeCount: edges.length,
    typeOf: Uint32Array.from(shape.typeOf),
    shallowBytes: Uint32Array.from(shape.shallowBytes),
    address: Float64Array.from({ length: nodeCount }, (_, node) => node * 16),
    firstEdge,
    edgeTarget: Uint32Array.from(edges, ({ to }) => to),
    edgeFlags: Uint8Array.from(edges, (edge) => edge.flags),
    edgeLabels: new LabelColumn(new Uint32Array(edges.length).fill(label)),
    types: Array.from({ length: typeCount }, (_, type) => ({ module: '', name: `T${type}`, displayName: `T${type}` })),
    names,
    roots: [...anchors.first, ...anchors.second].map((node) => ({ kind: 'module' as const, node, name: `m${node}` })),
    anchors: {
      rootNode: anchors.rootNode ? 0 : undefined,
      first: Uint32Array.from(anchors.first),
      second: Uint32Array.from(anchors.second),
      near: Uint32Array.from(anchors.first),
      unreached: anchors.unreached,
    },
    weak: { source: new Uint32Array(), target: new Uint32Array() },
    texts: { text: () => undefined },
    values: { value: () => undefined },
    sites: NO_SITES,
    language: new TextLanguage(),
    gaps: [],
  };
}
