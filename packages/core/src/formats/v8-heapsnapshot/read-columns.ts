import { NO_SITES } from '../../graph/graph-builder.ts';
import type { AllocationSites } from '../../graph/heap-graph.ts';
import type { PairedReferences } from '../../graph/paired-references.ts';
import type { Progress } from '../../graph/progress.ts';
import type { ByteSource } from '../byte-source.ts';
import { readAllocationSites } from './allocation-sites.ts';
import type { AttachednessList } from './attachedness-list.ts';
import { ByteWindow, windowBytes } from './byte-window.ts';
import { EdgeRows } from './edge-rows.ts';
import { judgeEphemerons } from './judge-ephemerons.ts';
import { FilePages } from './file-pages.ts';
import { findList, listStart, openSnapshot, type OpenSnapshot } from './open-snapshot.ts';
import type { SnapshotOptions } from './load-snapshot.ts';
import type { LocationList } from './locations.ts';
import { NodeRows } from './node-rows.ts';
import { ReadBackRows } from './read-back.ts';
import { readRows, type RowList } from './read-rows.ts';
import { AsideReferences } from './set-aside.ts';
import { mendRootShortcuts } from './snapshot-anchors.ts';
import type { SnapshotColumns } from './snapshot-columns.ts';
import { SnapshotContradictoryError } from './snapshot-errors.ts';
import { SnapshotTexts } from './snapshot-texts.ts';
import { TypeTable } from './type-table.ts';

/** A snapshot as read: columns, and the ways back into the file. */
export interface ReadColumns {
  /** Undefined where the file has none. */
  readonly locations: LocationList | undefined;
  readonly columns: SnapshotColumns;
  readonly types: TypeTable;
  readonly id: Uint32Array | Float64Array;
  readonly selfSize: Uint32Array | Float64Array;
  readonly sites: AllocationSites;
  readonly attachedness: AttachednessList;
  /** Entries of WeakMaps, if there are any. */
  readonly pairs: PairedReferences | undefined;
  /** Nodes of that name, which browsers write. */
  readonly documentTrees: readonly number[];
  /** Realms, each with a global object. */
  readonly nativeContexts: readonly number[];
  /** Names of references, if they are kept. */
  readonly names: Uint32Array | undefined;
  /** Columns of nodes by `node-names.ts`, and the names of references. */
  readonly nodeRows: ReadBackRows;
  readonly edgeRows: ReadBackRows;
}

export function readColumns(source: ByteSource, options: SnapshotOptions): ReadColumns {
  const report = everySoOften(options.progress, source.sizeBytes);
  const window = new ByteWindow(source, options.pieceBytes);
  const snapshot = openSnapshot(source, window);
  const { header, strings } = snapshot;
  const windowOver = ({ bytes }: { readonly bytes: Uint8Array | undefined }): ByteWindow =>
    bytes === undefined ? window : new ByteWindow(source, options.pieceBytes, bytes);
  const nodeList: RowList = {
    start: listStart(snapshot, window, 'nodes'),
    name: 'nodes',
    what: 'nodes',
    rows: header.nodeCount,
    fields: header.node.fields,
  };

  const texts = new SnapshotTexts(strings, new FilePages(source));
  const types = new TypeTable(header, texts);
  const kernelBytes = options.readsFast ? windowBytes(options.pieceBytes) : 0;
  const nodes = new NodeRows(header, types, strings.knownNames, kernelBytes);
  const nodeWindow = windowOver(nodes);
  const nodePlaces = readRows(nodeWindow, nodeList, nodes, {
    begin: () => undefined,
    end: (_first, _end, offset) => report(offset),
  });
  window.seek(nodeWindow.offset);
  if (nodes.edgeCount !== header.edgeCount)
    throw new SnapshotContradictoryError(
      `its nodes have ${nodes.edgeCount} references, and it announces ${header.edgeCount}`,
      window.offset,
    );
  nodes.firstEdge[header.nodeCount] = nodes.edgeCount;

  const edgeList: RowList = {
    start: listStart(snapshot, window, 'edges'),
    name: 'edges',
    what: 'references',
    rows: header.edgeCount,
    fields: header.edge.fields,
  };
  const edges = new EdgeRows(header, strings.knownNames, options.keepNames, kernelBytes);
  const edgeWindow = windowOver(edges);
  const columns: SnapshotColumns = {
    nodeCount: header.nodeCount,
    edgeCount: header.edgeCount,
    rootNode: header.rootNode,
    typeOf: nodes.typeOf,
    types: types.types,
    firstEdge: nodes.firstEdge,
    edgeTarget: edges.target,
    edgeFlags: edges.flags,
    strings,
    texts,
  };
  const aside = new AsideReferences(columns, nodes.special);
  const edgePlaces = readRows(edgeWindow, edgeList, edges, {
    begin(firstRow) {
      if (!edges.keepsNames) edges.namesFrom = firstRow;
    },
    end(firstRow, endRow, offset) {
      aside.block(edges, firstRow, endRow);
      report(offset);
    },
  });
  window.seek(edgeWindow.offset);
  const id = nodes.wideIds.widen(nodes.id);
  mendRootShortcuts(columns);
  const sites = nodes.traceNode === undefined ? NO_SITES : readAllocationSites(snapshot, window, texts, nodes.traceNode);
  return {
    locations: locationList(snapshot, window),
    columns,
    types,
    id,
    selfSize: nodes.wideSizes.widen(nodes.selfSize),
    sites,
    attachedness: nodes.attachedness,
    pairs: judgeEphemerons(columns, id, edges.ephemerons, edges.ephemeronNames),
    documentTrees: nodes.special.named('(Document DOM trees)'),
    nativeContexts: nodes.special.nativeContexts,
    names: edges.keepsNames ? edges.names : undefined,
    nodeRows: new ReadBackRows(source, nodeList, nodePlaces, [header.node.name, header.node.selfSize]),
    edgeRows: new ReadBackRows(source, edgeList, edgePlaces, [header.edge.nameOrIndex]),
  };
}

function locationList(snapshot: OpenSnapshot, window: ByteWindow): LocationList | undefined {
  const { locationFields, node, nodeCount } = snapshot.header;
  const start = locationFields.length === 0 ? undefined : findList(snapshot, window, 'locations');
  return start === undefined ? undefined : { start, fields: locationFields, nodeFields: node.fields, nodeCount };
}

const BYTES_BETWEEN_REPORTS = 1 << 23;

/** Reports how far the reading came, once in a while. */
function everySoOften(progress: Progress, total: number): (offset: number) => void {
  let next = 0;
  return (offset) => {
    if (offset < next) return;
    next = offset + BYTES_BETWEEN_REPORTS;
    progress({ step: 'reading', done: offset, total });
  };
}
