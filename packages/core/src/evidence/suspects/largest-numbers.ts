import type { DominatorTree } from '../../graph/dominators/index.ts';

/** The `few` numbers with most retained bytes, largest first; ties go to the lower number. Linear for a small `few`. */
export function largestNumbers({ retained }: DominatorTree, numbers: Uint32Array, few: number): number[] {
  const found: number[] = [];
  for (const number of numbers) {
    if (found.length === few && retained[number] <= retained[found[few - 1]]) continue;
    let at = found.length;
    while (at > 0 && retained[found[at - 1]] < retained[number]) at--;
    found.splice(at, 0, number);
    if (found.length > few) found.pop();
  }
  return found;
}
