import { Scratch } from '../scratch.ts';

/** The way down the dominator tree: what each number immediately dominates, as a list from one number to the next; 0 stands for none. */
export interface DominatedLists {
  readonly first: Uint32Array;
  /** The next number with the same dominator. Ascending, which keeps a walk near where it is. */
  readonly next: Uint32Array;
}

/** 8 bytes a node, made when somebody first walks the tree downwards. */
export function dominatedLists(
  { dominator, count }: { readonly dominator: Uint32Array; readonly count: number },
  scratch = new Scratch(),
): DominatedLists {
  const first = scratch.take(count + 1).fill(0);
  const next = scratch.take(count + 1).fill(0, 0, 2);
  for (let i = count; i >= 2; i--) {
    const above = dominator[i];
    next[i] = first[above];
    first[above] = i;
  }
  return { first, next };
}
