import { EdgeKind, edgeLabel, labelOperand, MAX_OPERAND, type EdgeLabel } from '../../graph/edge-label.ts';
import { EdgeFlag } from '../../graph/edge-flags.ts';
import type { EdgeLabels } from '../../graph/heap-graph.ts';
import { EdgeType, edgeTypeOf } from './edge-types.ts';
import type { ReadBackRows } from './read-back.ts';
import type { SnapshotNames } from './snapshot-names.ts';

/** What the file gives as the name of each reference: index of a string, or a position. */
export interface EdgeNames {
  at(edge: number): number;
}

/** Names in memory. */
export class KeptNames implements EdgeNames {
  readonly #names: Uint32Array;

  constructor(names: Uint32Array) {
    this.#names = names;
  }

  at(edge: number): number {
    return this.#names[edge];
  }
}

/** Names left in the file. */
export class ReadBackNames implements EdgeNames {
  readonly #rows: ReadBackRows;

  /** `rows` have the names as the first of the columns asked for. */
  constructor(rows: ReadBackRows) {
    this.#rows = rows;
  }

  at(edge: number): number {
    return this.#rows.at(edge, 0);
  }
}

/** References by the names that the file gives them. */
export class SnapshotEdgeLabels implements EdgeLabels {
  readonly areInFile: boolean;
  readonly #names: EdgeNames;
  readonly #flags: Uint8Array;
  readonly #table: SnapshotNames;

  constructor(names: EdgeNames, flags: Uint8Array, table: SnapshotNames) {
    this.areInFile = names instanceof ReadBackNames;
    this.#names = names;
    this.#flags = flags;
    this.#table = table;
  }

  at(edge: number): EdgeLabel {
    const name = this.#names.at(edge);
    const flags = this.#flags[edge];
    switch (edgeTypeOf(flags)) {
      case EdgeType.element:
        return edgeLabel(EdgeKind.index, Math.min(name, MAX_OPERAND));
      case EdgeType.hidden:
        return this.#table.slotLabel(name);
      case EdgeType.property:
      case EdgeType.shortcut:
        return edgeLabel(EdgeKind.attribute, this.#table.ofString(name));
      case EdgeType.context:
        return edgeLabel(EdgeKind.cell, this.#table.ofString(name));
      default: {
        const label = this.#table.internalLabel(name);
        return (flags & EdgeFlag.describes) === 0 ? label : edgeLabel(EdgeKind.type, labelOperand(label));
      }
    }
  }
}
