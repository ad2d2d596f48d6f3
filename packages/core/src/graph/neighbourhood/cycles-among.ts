import { components } from '../components/index.ts';
import { EdgeFlag } from '../edge-flags.ts';

export interface CyclesAmong {
  /** Number of the cycle that two nodes (or one, given twice) take part in together, from 1 on, in the order of nodes. */
  readonly cycleOf: (a: number, b: number) => number | undefined;
  readonly count: number;
}

/** Which of a few objects go round in circles by the references that are shown between them. */
export function cyclesAmong(
  nodeCount: number,
  references: readonly { readonly from: number; readonly to: number; readonly holds: boolean }[],
): CyclesAmong {
  const firstEdge = new Uint32Array(nodeCount + 1);
  for (const { from } of references) firstEdge[from + 1]++;
  for (let node = 0; node < nodeCount; node++) firstEdge[node + 1] += firstEdge[node];
  // References come in the order of `from`.
  const edgeTarget = Uint32Array.from(references, ({ to }) => to);
  const edgeFlags = Uint8Array.from(references, ({ holds }) => (holds ? 0 : EdgeFlag.holdsNothing));
  const { componentOf, knotCount } = components({ nodeCount, firstEdge, edgeTarget, edgeFlags });
  const numberByKnot = new Map<number, number>();
  for (const knot of componentOf) if (knot < knotCount && !numberByKnot.has(knot)) numberByKnot.set(knot, numberByKnot.size + 1);
  return {
    cycleOf: (a, b) => (componentOf[a] === componentOf[b] ? numberByKnot.get(componentOf[a]) : undefined),
    count: numberByKnot.size,
  };
}
