import { cycleCensus, type CycleKind } from '../../evidence/cycles/index.ts';
import type { CycleKindView, CyclesAnswer } from '../../report/index.ts';
import type { Heap } from './heap.ts';

/** Every knot of references in a heap, by kind, with a shortest example of each. */
export function cyclesAnswer(heap: Heap, limit: number): CyclesAnswer {
  const { graph, tree, progress } = heap;
  const { kinds, more, reachable, garbage, cutSearches } = cycleCensus(graph, tree, limit, progress);
  return { kinds: kinds.map((kind) => kindView(heap, kind)), moreKinds: more.kinds, reachable, garbage, cutSearches };
}

function kindView(heap: Heap, kind: CycleKind): CycleKindView {
  const { graph } = heap;
  const { signature, state, freedBy, knots, objects, largestKnot, shallowBytes, retainedBytes, finalizers, example } = kind;
  return {
    signature,
    state,
    freedBy: freedBy ?? null,
    knots,
    objects,
    largestKnot,
    shallowBytes,
    retainedBytes,
    finalizers: {
      ...finalizers,
      types: finalizers.types.map((each) => ({ type: graph.types[each.type].displayName, objects: each.objects })),
    },
    example: example.steps.map(({ node, label }) => ({ object: heap.view(node), reference: graph.language.labelText(graph, label) })),
    omittedSteps: example.omittedSteps,
    isShortest: example.isShortest,
  };
}
