import type { HeapGraph } from '../../../graph/heap-graph.ts';
import { bytesInMemory } from '../../byte-source.ts';
import { DEFAULT_SNAPSHOT_OPTIONS, loadSnapshot, type SnapshotOptions } from '../load-snapshot.ts';
import { writeSnapshot, type SmallNode, type Writing } from './small-snapshot.ts';

export function loadText(text: string, options: Partial<SnapshotOptions> = {}): HeapGraph {
  return loadBytes(new TextEncoder().encode(text), options);
}

export function loadBytes(bytes: Uint8Array, options: Partial<SnapshotOptions> = {}): HeapGraph {
  return loadSnapshot(bytesInMemory(bytes), { ...DEFAULT_SNAPSHOT_OPTIONS, ...options });
}

export function loadNodes(nodes: readonly SmallNode[], options: Partial<SnapshotOptions> = {}, writing: Partial<Writing> = {}): HeapGraph {
  return loadText(writeSnapshot(nodes, writing), options);
}

/** Everything that the columns and names of a graph say, to be compared. */
export function columnsOf(graph: HeapGraph): unknown {
  const names: string[] = [];
  for (let edge = 0; edge < graph.edgeCount; edge++) names.push(graph.language.labelText(graph, graph.edgeLabels.at(edge)));
  return {
    types: Array.from(graph.typeOf, (type) => graph.types[type]),
    shallowBytes: Array.from(graph.shallowBytes),
    address: Array.from(graph.address),
    firstEdge: Array.from(graph.firstEdge),
    edgeTarget: Array.from(graph.edgeTarget),
    edgeFlags: Array.from(graph.edgeFlags),
    names,
    roots: graph.roots,
    anchors: graph.anchors,
  };
}
