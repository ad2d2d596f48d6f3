/** What each number immediately dominates: `list[first[i] .. first[i + 1]]`, in the order of numbers. */
export interface DominatedLists {
  readonly first: Uint32Array;
  readonly list: Uint32Array;
}

/** A counting sort by dominator: 8 bytes a node, made when somebody first walks the tree downwards. */
export function dominatedLists({ dominator, count }: { readonly dominator: Uint32Array; readonly count: number }): DominatedLists {
  const first = new Uint32Array(count + 2);
  for (let i = 2; i <= count; i++) first[dominator[i] + 1]++;
  for (let i = 1; i <= count + 1; i++) first[i] += first[i - 1];
  const list = new Uint32Array(first[count + 1]);
  const next = first.slice();
  for (let i = 2; i <= count; i++) list[next[dominator[i]]++] = i;
  return { first, list };
}
