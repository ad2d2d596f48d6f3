import { GrowingFloat64, GrowingUint32 } from './growing-column.ts';
import type { Anchors } from './anchors.ts';
import type {
  AllocationSites,
  EdgeLabels,
  HeapGraph,
  HeapType,
  NodeIndex,
  NodeTexts,
  NodeValues,
  Root,
  WeakReferences,
} from './heap-graph.ts';
import { EdgeFlag } from './edge-flags.ts';
import type { EdgeLabel } from './edge-label.ts';
import type { Language } from './language.ts';
import { InternedNames } from './name-table.ts';

/** What a format knows beside nodes and edges; everything optional has an empty default. */
export interface GraphParts {
  readonly types: readonly HeapType[];
  readonly language: Language;
  readonly roots?: readonly Root[];
  readonly weak?: WeakReferences;
  readonly texts?: NodeTexts;
  readonly values?: NodeValues;
  readonly sites?: AllocationSites;
  readonly gaps?: readonly string[];
}

/** Collects nodes and edges in any order and puts them into columns once. Linear in both; no object per node. */
export class GraphBuilder {
  readonly names = new InternedNames();
  readonly #typeOf: GrowingUint32;
  readonly #shallowBytes: GrowingUint32;
  readonly #address: GrowingFloat64;
  readonly #edgeSource: GrowingUint32;
  readonly #edgeTarget: GrowingUint32;
  readonly #edgeLabel: GrowingUint32;

  constructor(expectedNodes = 1024, expectedEdges = expectedNodes * 3) {
    this.#typeOf = new GrowingUint32(expectedNodes);
    this.#shallowBytes = new GrowingUint32(expectedNodes);
    this.#address = new GrowingFloat64(expectedNodes);
    this.#edgeSource = new GrowingUint32(expectedEdges);
    this.#edgeTarget = new GrowingUint32(expectedEdges);
    this.#edgeLabel = new GrowingUint32(expectedEdges);
  }

  get nodeCount(): number {
    return this.#typeOf.length;
  }

  addNode(type: number, shallowBytes: number, address: number): NodeIndex {
    this.#typeOf.push(type);
    this.#shallowBytes.push(Math.min(shallowBytes, 0xffffffff));
    this.#address.push(address);
    return this.#typeOf.length - 1;
  }

  addEdge(source: NodeIndex, target: NodeIndex, label: EdgeLabel): void {
    this.#edgeSource.push(source);
    this.#edgeTarget.push(target);
    this.#edgeLabel.push(label);
  }

  build(parts: GraphParts): HeapGraph & { readonly edgeLabels: LabelColumn } {
    const nodeCount = this.nodeCount;
    const edgeCount = this.#edgeSource.length;
    const source = this.#edgeSource.finish();
    const target = this.#edgeTarget.finish();
    const label = this.#edgeLabel.finish();
    // Counting sort by source; stable, so the edges of a node keep their order.
    const firstEdge = new Uint32Array(nodeCount + 1);
    for (let e = 0; e < edgeCount; e++) firstEdge[source[e] + 1]++;
    for (let n = 0; n < nodeCount; n++) firstEdge[n + 1] += firstEdge[n];
    const next = firstEdge.slice(0, nodeCount);
    const edgeTarget = new Uint32Array(edgeCount);
    const edgeLabel = new Uint32Array(edgeCount);
    for (let e = 0; e < edgeCount; e++) {
      const slot = next[source[e]]++;
      edgeTarget[slot] = target[e]!;
      edgeLabel[slot] = label[e]!;
    }
    const roots = parts.roots ?? [];
    return {
      nodeCount,
      edgeCount,
      typeOf: this.#typeOf.finish(),
      shallowBytes: this.#shallowBytes.finish(),
      address: this.#address.finish(),
      firstEdge,
      edgeTarget,
      edgeFlags: setAside(roots, firstEdge, edgeTarget),
      edgeLabels: new LabelColumn(edgeLabel),
      types: parts.types,
      names: this.names,
      roots,
      anchors: anchorsOf(roots),
      weak: parts.weak ?? { source: new Uint32Array(), target: new Uint32Array() },
      texts: parts.texts ?? { text: () => undefined },
      values: parts.values ?? { value: () => undefined },
      sites: parts.sites ?? NO_SITES,
      language: parts.language,
      gaps: parts.gaps ?? [],
    };
  }
}

export const NO_SITES: AllocationSites = { traced: false, siteCount: 0, siteOf: () => -1, frames: () => [] };

/** Labels kept in memory, one number an edge. */
export class LabelColumn implements EdgeLabels {
  readonly column: Uint32Array;

  constructor(column: Uint32Array) {
    this.column = column;
  }

  at(edge: number): EdgeLabel {
    return this.column[edge];
  }
}

/** Flags under which heaptrail's own objects are held by the agent alone: nothing that the program holds leads to them. */
function setAside(roots: readonly Root[], firstEdge: Uint32Array, edgeTarget: Uint32Array): Uint8Array {
  const flags = new Uint8Array(edgeTarget.length);
  const own = new Uint8Array(firstEdge.length - 1);
  for (const root of roots) if (root.kind === 'agent') own[root.node] = 1;
  for (let node = 0; node < own.length; node++) {
    if (own[node] === 1) continue;
    for (let e = firstEdge[node]; e < firstEdge[node + 1]; e++)
      if (own[edgeTarget[e]] === 1) flags[e] = EdgeFlag.holdsNothing | EdgeFlag.weak;
  }
  return flags;
}

function anchorsOf(roots: readonly Root[]): Anchors {
  const first = Uint32Array.from(roots.filter(({ kind }) => kind !== 'agent').map(({ node }) => node));
  const second = Uint32Array.from(roots.filter(({ kind }) => kind === 'agent').map(({ node }) => node));
  return { rootNode: undefined, first, second, near: first, unreached: 'garbage' };
}
