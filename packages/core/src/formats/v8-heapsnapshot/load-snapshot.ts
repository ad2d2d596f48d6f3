import { noProgress } from '../../graph/progress.ts';
import type { HeapGraph, Root } from '../../graph/heap-graph.ts';
import type { ByteSource } from '../byte-source.ts';
import type { LoadOptions } from '../heap-format.ts';
import { KeptNames, ReadBackNames, SnapshotEdgeLabels } from './edge-names.ts';
import { NodeKind } from './node-kind.ts';
import { NodeNames } from './node-names.ts';
import { SnapshotLocations } from './locations.ts';
import { moveSizesToOwners } from './owner-sizes.ts';
import { markDetached } from './detached.ts';
import type { ReadSnapshot } from './kept-snapshot.ts';
import { ProgramModules } from './program-modules.ts';
import { readColumns } from './read-columns.ts';
import { snapshotAnchors } from './snapshot-anchors.ts';
import { SnapshotNodeTexts } from './node-texts.ts';
import { SnapshotFacts } from './snapshot-facts.ts';
import { WeakRefs } from './weak-refs.ts';
import { SnapshotNames } from './snapshot-names.ts';
import { snapshotRoots } from './snapshot-roots.ts';
import { V8Language } from './v8-language.ts';

export interface SnapshotOptions extends Pick<LoadOptions, 'shallowSizes' | 'keepNames' | 'progress'> {
  /** How much of the file is read at once. */
  readonly pieceBytes: number;
  /** False reads references without WebAssembly, as is done where there is none. */
  readonly readsFast: boolean;
}

export const DEFAULT_SNAPSHOT_OPTIONS: SnapshotOptions = {
  shallowSizes: 'owner',
  keepNames: false,
  progress: noProgress,
  pieceBytes: 1 << 20,
  readsFast: true,
};

/**
 * Reads a V8 heap snapshot into a graph. Throws a SnapshotError for what is none or is damaged. The file is read once to find
 * its parts and once for its rows, and stays in use: names are read from it when they are asked for.
 */
export function loadSnapshot(source: ByteSource, options: SnapshotOptions = DEFAULT_SNAPSHOT_OPTIONS): HeapGraph {
  return snapshotGraph(readSnapshot(source, options), source);
}

/** Reads a snapshot as far as its columns are final. Throws as `loadSnapshot` does. */
export function readSnapshot(source: ByteSource, options: SnapshotOptions = DEFAULT_SNAPSHOT_OPTIONS): ReadSnapshot {
  const read = readColumns(source, options);
  const { columns, types, documentTrees, attachedness, selfSize } = read;
  const nodeNames = new NodeNames(read.nodeRows, columns.texts);
  markDetached(columns, attachedness, types, (node) => nodeNames.name(node));
  const movesSizes = options.shallowSizes === 'owner' && snapshotAnchors(columns, documentTrees).near.length > 0;
  return {
    columns,
    documentTrees,
    nativeContexts: read.nativeContexts,
    id: read.id,
    shallowBytes: movesSizes ? moveSizesToOwners(columns, selfSize, options.progress) : selfSize,
    pairs: read.pairs,
    names: read.names,
    nodeRows: read.nodeRows,
    edgeRows: read.edgeRows,
    sites: read.sites,
    locations: read.locations,
    gaps: types.isFull ? ['more than a million classes: the rest counts as one'] : [],
  };
}

/** Puts a graph together from what was read, now or when a column cache was written. */
export function snapshotGraph(read: ReadSnapshot, source: ByteSource): HeapGraph {
  const { columns } = read;
  const nodeNames = new NodeNames(read.nodeRows, columns.texts);
  const names = new SnapshotNames(columns.texts, columns.strings.knownNames);
  const edgeNames = read.names === undefined ? new ReadBackNames(read.edgeRows) : new KeptNames(read.names);
  const facts = new SnapshotFacts(columns, nodeNames, edgeNames, names);
  const modules = new ProgramModules(facts);
  // Modules are looked for in the whole heap: by who asks for paths, not by who reads.
  let found: readonly Root[] | undefined;
  const roots = (): readonly Root[] => (found ??= snapshotRoots(facts, read.nativeContexts, modules));
  const texts = new SnapshotNodeTexts(facts);
  const locations = new SnapshotLocations(source, read.locations, facts);
  return {
    nodeCount: columns.nodeCount,
    edgeCount: columns.edgeCount,
    typeOf: columns.typeOf,
    shallowBytes: read.shallowBytes,
    address: read.id,
    firstEdge: columns.firstEdge,
    edgeTarget: columns.edgeTarget,
    edgeFlags: columns.edgeFlags,
    edgeLabels: new SnapshotEdgeLabels(edgeNames, columns.edgeFlags, names),
    types: columns.types,
    names,
    get roots() {
      return roots();
    },
    anchors: snapshotAnchors(columns, read.documentTrees),
    ...(read.pairs === undefined ? {} : { pairs: read.pairs }),
    weak: new WeakRefs(facts),
    texts,
    values: texts,
    sites: read.sites,
    written: { frameOf: (node) => (facts.kindOf(node) === NodeKind.closure ? locations.locationOf(node) : undefined) },
    language: new V8Language(facts, locations, modules, () => roots().filter(({ kind }) => kind === 'global')),
    gaps: read.gaps,
  };
}
