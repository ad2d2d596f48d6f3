import type { AllocationSites, HeapGraph } from '../../graph/heap-graph.ts';
import { NO_SITES } from '../../graph/graph-builder.ts';
import type { PairedReferences } from '../../graph/paired-references.ts';
import type { ByteSource } from '../byte-source.ts';
import { graphSections, jsonSection, restoreGraph, type Section, type Sections } from '../column-cache/index.ts';
import { EphemeronTable } from './ephemeron-table.ts';
import { FilePages } from './file-pages.ts';
import type { LocationList } from './locations.ts';
import { PagedOffsets } from './paged-offsets.ts';
import { ReadBackRows } from './read-back.ts';
import type { RowList } from './read-rows.ts';
import { RowPlaces } from './row-places.ts';
import type { SnapshotColumns } from './snapshot-columns.ts';
import { SnapshotTexts } from './snapshot-texts.ts';
import { StringTable } from './string-table.ts';
import type { V8Type } from './v8-types.ts';

/** A snapshot between its reading and its use: all that the graph is put together from, and all that a column cache keeps. */
export interface ReadSnapshot {
  readonly columns: SnapshotColumns;
  readonly id: HeapGraph['address'];
  readonly shallowBytes: HeapGraph['shallowBytes'];
  /** Nodes of that name, which browsers write. */
  readonly documentTrees: readonly number[];
  /** Realms, each with a global object. */
  readonly nativeContexts: readonly number[];
  readonly pairs: PairedReferences | undefined;
  /** Names of references, if they are kept. */
  readonly names: Uint32Array | undefined;
  readonly nodeRows: ReadBackRows;
  readonly edgeRows: ReadBackRows;
  readonly sites: AllocationSites;
  /** Undefined where the file has none. */
  readonly locations: LocationList | undefined;
  readonly gaps: readonly string[];
}

/** What has no column of its own. */
interface About {
  readonly rootNode: number;
  readonly types: readonly V8Type[];
  readonly documentTrees: readonly number[];
  readonly nativeContexts: readonly number[];
  readonly gaps: readonly string[];
  readonly locations?: LocationList;
  readonly pairCount: number;
  readonly nodes: RowsAbout;
  readonly edges: RowsAbout;
}

interface RowsAbout {
  readonly list: RowList;
  readonly columns: readonly number[];
}

/** The columns of a snapshot for a cache; allocation stacks are not among them. */
export function keptSections(read: ReadSnapshot): Section[] {
  const { columns, pairs, names, nodeRows, edgeRows } = read;
  const about: About = {
    rootNode: columns.rootNode,
    types: columns.types,
    documentTrees: read.documentTrees,
    nativeContexts: read.nativeContexts,
    gaps: read.gaps,
    ...(read.locations === undefined ? {} : { locations: read.locations }),
    pairCount: pairs?.edge.length ?? 0,
    nodes: { list: nodeRows.origin.list, columns: nodeRows.origin.columns },
    edges: { list: edgeRows.origin.list, columns: edgeRows.origin.columns },
  };
  return [
    ...graphSections({ ...columns, shallowBytes: read.shallowBytes, address: read.id }),
    jsonSection('v8.about', about),
    { name: 'v8.strings', column: columns.strings.offsets.toColumn() },
    { name: 'v8.knownNames', column: columns.strings.knownNames },
    ...placeSections('v8.nodes', nodeRows.origin.places),
    ...placeSections('v8.edges', edgeRows.origin.places),
    ...(names === undefined ? [] : [{ name: 'v8.edgeNames', column: names }]),
    ...(pairs === undefined
      ? []
      : [
          { name: 'v8.pairs.edge', column: pairs.edge },
          { name: 'v8.pairs.pair', column: pairs.pair },
        ]),
  ];
}

/** The snapshot that `keptSections` kept; undefined when any of it is missing or damaged. Names are read from `source` as before. */
export function restoreSnapshot(sections: Sections, source: ByteSource): ReadSnapshot | undefined {
  // Written by `keptSections` of this version: the key says so.
  const about = sections.json('v8.about') as About | undefined;
  const offsets = sections.column('v8.strings', ['u32', 'f64']);
  if (about === undefined || offsets === undefined || offsets.length === 0) return undefined;
  const knownNames = sections.column('v8.knownNames', 'u8', offsets.length - 1);
  const graph = restoreGraph(sections);
  const nodePlaces = restorePlaces(sections, 'v8.nodes');
  const edgePlaces = restorePlaces(sections, 'v8.edges');
  if (knownNames === undefined || graph === undefined || nodePlaces === undefined || edgePlaces === undefined) return undefined;
  const edge = sections.column('v8.pairs.edge', 'u32', about.pairCount);
  const pair = sections.column('v8.pairs.pair', 'u32', about.pairCount);
  if (about.pairCount > 0 && (edge === undefined || pair === undefined)) return undefined;
  const strings = new StringTable(PagedOffsets.of(offsets), knownNames, new EphemeronTable());
  return {
    columns: { ...graph, rootNode: about.rootNode, types: about.types, strings, texts: new SnapshotTexts(strings, new FilePages(source)) },
    id: graph.address,
    shallowBytes: graph.shallowBytes,
    documentTrees: about.documentTrees,
    nativeContexts: about.nativeContexts,
    pairs: edge === undefined || pair === undefined ? undefined : { edge, pair },
    names: sections.column('v8.edgeNames', 'u32', graph.edgeCount),
    nodeRows: new ReadBackRows(source, about.nodes.list, nodePlaces, about.nodes.columns),
    edgeRows: new ReadBackRows(source, about.edges.list, edgePlaces, about.edges.columns),
    sites: NO_SITES,
    locations: about.locations,
    gaps: about.gaps,
  };
}

function placeSections(name: string, places: RowPlaces): Section[] {
  const { rows, offsets } = places.toColumns();
  return [
    { name: `${name}.rows`, column: rows },
    { name: `${name}.offsets`, column: offsets },
  ];
}

function restorePlaces(sections: Sections, name: string): RowPlaces | undefined {
  const rows = sections.column(`${name}.rows`, 'u32');
  const offsets = sections.column(`${name}.offsets`, 'f64', rows?.length);
  return rows === undefined || offsets === undefined ? undefined : RowPlaces.of(rows, offsets);
}
