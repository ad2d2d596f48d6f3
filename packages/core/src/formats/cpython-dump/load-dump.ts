import { EdgeKind, edgeLabel, MAX_OPERAND, MEMBER } from '../../graph/edge-label.ts';
import { GraphBuilder, type LabelColumn } from '../../graph/graph-builder.ts';
import type { HeapGraph, HeapType, Root } from '../../graph/heap-graph.ts';
import { AddressIndex } from './address-index.ts';
import type { Inflate } from './block-reader.ts';
import { CodeTable } from './code-table.ts';
import { nativeRoots } from './native-roots.ts';
import { allocationSites, nodeTexts, nodeValues } from './node-columns.ts';
import { PythonLanguage } from './python-language.ts';
import { Labelling, type DumpHead, type RawDump, type RawLabels } from './raw-dump.ts';
import { readRawDump } from './read-raw-dump.ts';
import { UnnamedEdges } from './unnamed-edges.ts';

export interface LoadedDump {
  readonly graph: HeapGraph;
  readonly head: DumpHead;
  /** False when the file was cut off, or its writer had to leave something out. */
  readonly whole: boolean;
}

/** Label kinds as the file numbers them. */
const KIND_BY_NUMBER: readonly EdgeKind[] = [
  EdgeKind.internal,
  EdgeKind.attribute,
  EdgeKind.key,
  EdgeKind.cell,
  EdgeKind.local,
  EdgeKind.slot,
  EdgeKind.type,
  EdgeKind.internal,
];

/**
 * Reads a CPython heap dump (`protocol/heap-dump.md`) into a graph. Throws HeapDumpError for a file that is no dump; a
 * damaged one loads up to the damage, without native roots, and says so in `graph.gaps`. Linear in the file.
 */
export function loadDump(file: Uint8Array, inflate: Inflate): LoadedDump {
  const dump = readRawDump(file, inflate);
  const assembly = new Assembly(dump);
  return { graph: assembly.graph(), head: dump.head!, whole: dump.damage === undefined && dump.end?.complete === true };
}

class Assembly {
  readonly #dump: RawDump;
  readonly #builder: GraphBuilder;
  readonly #index: AddressIndex;
  readonly #typeOf: Uint32Array;
  /** References that the graph accounts for, one count per node. */
  readonly #counted: Uint32Array;
  #dangling = 0;

  constructor(dump: RawDump) {
    this.#dump = dump;
    this.#typeOf = dump.typeOf.finish();
    const addresses = dump.addresses.finish();
    this.#index = new AddressIndex(addresses);
    this.#counted = new Uint32Array(addresses.length);
    this.#builder = new GraphBuilder(addresses.length);
    const sizes = dump.sizes.finish();
    for (let node = 0; node < addresses.length; node++) this.#builder.addNode(this.#typeOf[node], sizes[node], addresses[node]);
  }

  graph(): HeapGraph {
    const dump = this.#dump;
    this.#addEdges();
    this.#addPairs();
    for (const labels of dump.labels) if (labels.mode !== 0) this.#addLabelledEdges(labels);
    this.#countImpliedTypeReferences();
    const code = new CodeTable(dump.code);
    const nodeCount = this.#builder.nodeCount;
    const graph = this.#builder.build({
      types: dump.types.map(heapType),
      language: new PythonLanguage(dump, this.#index, code),
      roots: this.#roots(),
      weak: this.#weak(),
      texts: nodeTexts(dump, this.#index, nodeCount),
      values: nodeValues(dump, this.#index),
      sites: allocationSites(dump, this.#index, nodeCount, code),
      gaps: this.#gaps(),
    });
    for (const labels of dump.labels) if (labels.mode === 0) this.#nameEdges(graph, labels);
    return graph;
  }

  #addEdges(): void {
    const builder = this.#builder;
    const unnamed = edgeLabel(EdgeKind.internal, builder.names.intern(''));
    const typeLabel = edgeLabel(EdgeKind.type, builder.names.intern('__class__'));
    const typeNode = this.#dump.types.map((type) => this.#index.nodeAt(type.address));
    for (const block of this.#dump.edges) {
      let t = 0;
      for (let i = 0; i < block.counts.length; i++) {
        const node = block.firstNode + i;
        const ownType = typeNode[this.#typeOf[node]];
        for (let k = 0; k < block.counts[i]; k++) {
          const target = this.#index.nodeAt(block.targets[t++]);
          if (target < 0) {
            this.#dangling++;
            continue;
          }
          this.#counted[target]++;
          const label =
            block.labelling === Labelling.index
              ? edgeLabel(EdgeKind.index, Math.min(k, MAX_OPERAND))
              : block.labelling === Labelling.member
                ? edgeLabel(EdgeKind.index, MEMBER)
                : target === ownType
                  ? typeLabel
                  : unnamed;
          builder.addEdge(node, target, label);
        }
      }
    }
  }

  #addPairs(): void {
    const builder = this.#builder;
    const keyLabel = edgeLabel(EdgeKind.internal, builder.names.intern('<key>'));
    for (const block of this.#dump.pairs) {
      let p = 0;
      for (let i = 0; i < block.counts.length; i++) {
        const node = block.firstNode + i;
        for (const end = p + block.counts[i]; p < end; p++) {
          const key = this.#index.nodeAt(block.keys[p]);
          const value = this.#index.nodeAt(block.values[p]);
          if (key < 0 || value < 0) {
            this.#dangling++;
            continue;
          }
          this.#counted[key]++;
          if (!block.borrowed) this.#counted[value]++;
          builder.addEdge(node, key, keyLabel);
          builder.addEdge(node, value, edgeLabel(EdgeKind.key, key));
        }
      }
    }
  }

  #addLabelledEdges(labels: RawLabels): void {
    this.#eachLabel(labels, (owner, target, label) => {
      if (labels.mode === 1) this.#counted[target]++;
      this.#builder.addEdge(owner, target, label);
    });
  }

  /** Gives names to edges that an EDGES block listed without. A target held twice is named in order. */
  #nameEdges(graph: HeapGraph & { readonly edgeLabels: LabelColumn }, labels: RawLabels): void {
    const { firstEdge } = graph;
    let lastOwner = -1;
    let edges: UnnamedEdges | undefined;
    // Tables that were dear to make, for a file that comes back to the same owners again and again.
    const dear = new Map<number, UnnamedEdges>();
    this.#eachLabel(labels, (owner, target, label) => {
      if (edges === undefined || owner !== lastOwner) {
        if (edges?.isSorted === true) dear.set(lastOwner, edges);
        edges = dear.get(owner) ?? new UnnamedEdges(graph, firstEdge[owner], firstEdge[owner + 1]);
      }
      lastOwner = owner;
      edges.name(target, label);
    });
  }

  #eachLabel(labels: RawLabels, take: (owner: number, target: number, label: number) => void): void {
    const { names } = this.#builder;
    const kind = KIND_BY_NUMBER[labels.kind];
    let i = 0;
    for (let o = 0; o < labels.owners.length; o++) {
      const owner = this.#index.nodeAt(labels.owners[o]);
      for (const end = i + labels.counts[o]; i < end; i++) {
        const target = this.#index.nodeAt(labels.targets[i]);
        if (owner < 0 || target < 0) {
          this.#dangling++;
          continue;
        }
        take(owner, target, edgeLabel(kind, names.intern(this.#dump.names[labels.nameIds[i]])));
      }
    }
  }

  #countImpliedTypeReferences(): void {
    const implied = this.#dump.types.map((type) => (type.impliedTypeReference === true ? this.#index.nodeAt(type.address) : -1));
    for (const type of this.#typeOf) if (implied[type] >= 0) this.#counted[implied[type]]++;
  }

  #roots(): Root[] {
    const roots: Root[] = [];
    const seen = new Set<string>();
    const at = (address: number): number => this.#index.nodeAt(address);
    for (const raw of this.#dump.roots) {
      if (raw.kind === 'frame') {
        // A module's frame has the module's own namespace as locals: its path starts at the module.
        if (raw.function === '<module>') continue;
        const frame = { thread: raw.thread, function: raw.function, file: raw.file, line: raw.line };
        for (const [name, address] of raw.locals) if (at(address) >= 0) roots.push({ kind: 'frame', node: at(address), name, frame });
      } else if (at(raw.address) >= 0 && !seen.has(`${raw.kind} ${raw.address}`)) {
        seen.add(`${raw.kind} ${raw.address}`);
        roots.push({ kind: raw.kind, node: at(raw.address), name: raw.name });
      }
    }
    roots.push(...this.#agentObjects());
    // The program's own module first: of two equally short paths, the one through it says more.
    const own = roots.findIndex((root) => root.kind === 'module' && root.name === '__main__');
    if (own > 0) roots.unshift(...roots.splice(own, 1));
    if (this.#canCountReferences()) roots.push(...nativeRoots(this.#dump, this.#counted, this.#typeOf));
    return roots;
  }

  /** Instances of the agent's classes, wherever they are held: no path may run through them. */
  #agentObjects(): Root[] {
    const own = this.#dump.types.map((type) => type.module === 'heaptrail_agent' || type.module.startsWith('heaptrail_agent.'));
    const found: Root[] = [];
    for (let node = 0; node < this.#typeOf.length; node++)
      if (own[this.#typeOf[node]]) found.push({ kind: 'agent', node, name: 'heaptrail' });
    return found;
  }

  #canCountReferences(): boolean {
    const { damage, end, head } = this.#dump;
    return damage === undefined && end?.complete === true && head?.runtime.build !== 'free-threaded';
  }

  #weak(): { source: Uint32Array; target: Uint32Array } {
    const source: number[] = [];
    const target: number[] = [];
    for (const block of this.#dump.weak) {
      for (let i = 0; i < block.from.length; i++) {
        const from = this.#index.nodeAt(block.from[i]);
        const to = this.#index.nodeAt(block.to[i]);
        if (from < 0 || to < 0) continue;
        source.push(from);
        target.push(to);
      }
    }
    return { source: Uint32Array.from(source), target: Uint32Array.from(target) };
  }

  #gaps(): string[] {
    const gaps: string[] = [];
    const { damage, end, head } = this.#dump;
    if (damage !== undefined)
      gaps.push(`the dump is damaged, ${damage}: what comes after is missing, and what native code holds is not known`);
    for (const [reason, count] of Object.entries(end?.skipped ?? {})) gaps.push(`${count} left out: ${reason}`);
    if (head?.runtime.build === 'free-threaded') gaps.push('free-threaded build: reference counts do not tell what native code holds');
    if (damage === undefined && this.#dangling > 0) gaps.push(`${this.#dangling} references lead to objects that the dump does not hold`);
    if (this.#index.duplicates > 0) gaps.push(`${this.#index.duplicates} objects share an address with another`);
    return gaps;
  }
}

function heapType(type: { module: string; name: string }): HeapType {
  return {
    module: type.module,
    name: type.name,
    displayName: type.module === 'builtins' || type.module === '' ? type.name : `${type.module}.${type.name}`,
  };
}
