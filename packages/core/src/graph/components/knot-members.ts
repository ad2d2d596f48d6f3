import type { Components } from './components.ts';

/** Nodes of knot k: `node[first[k] .. first[k + 1]]`, in node order. */
export interface KnotMembers {
  readonly first: Uint32Array;
  readonly node: Uint32Array;
}

/** A counting sort over the members of knots; 4 bytes each. */
export function knotMembers({ componentOf, knotCount, knotSize }: Components): KnotMembers {
  const first = new Uint32Array(knotCount + 1);
  for (let knot = 0; knot < knotCount; knot++) first[knot + 1] = first[knot] + knotSize[knot];
  const next = first.slice(0, knotCount);
  const node = new Uint32Array(first[knotCount]);
  for (let each = 0; each < componentOf.length; each++) if (componentOf[each] < knotCount) node[next[componentOf[each]]++] = each;
  return { first, node };
}
