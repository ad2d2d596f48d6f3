import type { ObjectView } from './object-view.ts';

/** An object in a picture of who refers to whom. */
export interface GraphNodeView {
  readonly object: ObjectView;
  /** 0 for what was asked for, positive for what it refers to, negative for what refers to it. */
  readonly depth: number;
  /** Number (from 1) of the cycle it takes part in, among the shown objects; null where it takes part in none. */
  readonly cycle: number | null;
  /** References from and to it that are not in the picture. */
  readonly hiddenReferents: number;
  readonly hiddenReferrers: number;
}

export interface GraphEdgeView {
  /** Handles. */
  readonly from: string;
  readonly to: string;
  /** As written in the language: `.attr`, `["key"]`. */
  readonly label: string;
  /** False for references that keep nothing alive. */
  readonly holds: boolean;
  readonly cycle: number | null;
}

/** Part of a heap as a picture: finished, small, ready to be drawn. */
export interface GraphView {
  readonly asked: readonly string[];
  readonly nodes: readonly GraphNodeView[];
  readonly edges: readonly GraphEdgeView[];
  /** How many objects more lie within the depth that was asked for, and were left out. */
  readonly leftOut: number;
}
