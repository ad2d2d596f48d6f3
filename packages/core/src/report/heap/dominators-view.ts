import type { ObjectView } from './object-view.ts';

/** An object with everything that it alone keeps alive. `retainedBytes` is `selfBytes`, those of the children, and `rest.bytes`: exactly. */
export interface DominatorCell {
  /** Null for the root of a heap whose root is no object. */
  readonly object: ObjectView | null;
  /** How the developer finds the object: `module app → .cache`; null for the root. */
  readonly where: string | null;
  readonly retainedBytes: number;
  readonly selfBytes: number;
  /** Largest first. */
  readonly children: readonly DominatorCell[];
  /** What it dominates and does not show here. */
  readonly rest: {
    readonly objects: number;
    readonly bytes: number;
    readonly types: readonly { readonly type: string; readonly objects: number; readonly bytes: number }[];
  };
}

export interface DominatorsAnswer {
  /** Null: the whole heap. */
  readonly asked: string | null;
  readonly root: DominatorCell;
  readonly depth: number;
  readonly leastShare: number;
  /** Objects large enough that are not shown because of the depth. */
  readonly cutByDepth: number;
}
