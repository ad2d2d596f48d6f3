import { findSuspects, type Suspect } from '../../evidence/suspects/index.ts';
import type { NodeIndex } from '../../graph/heap-graph.ts';
import type { SuspectsAnswer, SuspectView } from '../../report/index.ts';
import type { Heap } from './heap.ts';
import { pathView } from './path-view.ts';

/** What keeps most of a heap. */
export function suspectsAnswer(heap: Heap): SuspectsAnswer {
  const { graph, tree, walk, progress } = heap;
  const { usedBytes, thresholdBytes, suspects } = findSuspects(graph, tree, {}, walk, progress);
  return { usedBytes, thresholdBytes, suspects: suspects.map((suspect) => suspectView(heap, suspect)) };
}

/** The collection whose table this is, as its developer knows it; the object itself where it is no table. */
function ownerOf({ walk: { absorbed, parent } }: Heap, node: NodeIndex): NodeIndex {
  let owner = node;
  while (absorbed[owner] === 1) owner = parent[owner];
  return owner;
}

function suspectView(heap: Heap, suspect: Suspect): SuspectView {
  const { graph } = heap;
  const { kind, passes, type, objects, retainedBytes, sample, accumulation, path, owner } = suspect;
  const site = graph.sites.siteOf(sample[0]);
  return {
    kind,
    passes,
    type: graph.types[type].displayName,
    objects,
    retainedBytes,
    sample: sample.map((node) => heap.view(node)),
    pilesUpIn:
      accumulation === undefined
        ? null
        : {
            object: heap.view(ownerOf(heap, accumulation.node)),
            retainedBytes: accumulation.retainedBytes,
            chainedObjects: accumulation.chainedObjects,
            members: accumulation.members,
            coveredMembers: accumulation.coveredMembers,
            below: accumulation.below.map((each) => ({
              type: graph.types[each.type].displayName,
              objects: each.objects,
              retainedBytes: each.retainedBytes,
            })),
            belowObjects: accumulation.belowObjects,
          },
    path: path === undefined ? [] : pathView(heap, path, path.omittedSteps === 0),
    omittedSteps: path?.omittedSteps ?? 0,
    owner: owner === undefined ? null : { by: owner.by, name: owner.name },
    allocated: site < 0 ? [] : graph.sites.frames(site),
  };
}
