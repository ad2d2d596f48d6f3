import type { V8Type } from './v8-types.ts';
import type { SnapshotTexts } from './snapshot-texts.ts';
import type { StringTable } from './string-table.ts';

/** What a snapshot's rows became, before anything is concluded from it. */
export interface SnapshotColumns {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly rootNode: number;
  readonly typeOf: Uint32Array;
  readonly types: readonly V8Type[];
  readonly firstEdge: Uint32Array;
  readonly edgeTarget: Uint32Array;
  readonly edgeFlags: Uint8Array;
  readonly strings: StringTable;
  readonly texts: SnapshotTexts;
}

/** V8's own type of a node. */
export function nodeTypeOf(columns: Pick<SnapshotColumns, 'typeOf' | 'types'>, node: number): string {
  return columns.types[columns.typeOf[node]].nodeType;
}
