import type { GrowthEvidence, Pattern } from '../pattern.ts';

/** Share of the entries that must still be there one dump later: fewer, and something does take them out. */
const STAY = 0.9;

export const containerOnlyGrows: Pattern = {
  id: 'container-only-grows',
  title: 'a container is added to and never taken from',
  fix: 'remove entries when their owner goes, bound the container, or give entries an age after which they are dropped',
  match(evidence) {
    const { graph, growth, finalizerByRegistration } = evidence;
    const { holder } = growth.concrete;
    if (holder === undefined || graph.language.entryCount(graph, holder) === 0) return undefined;
    if (growth.survival < STAY) return undefined;
    // The table of a memo is no container of the program: that mistake is a cache without eviction.
    const owner = evidence.heap.walk.parent[holder];
    if (owner >= 0 && graph.language.role(graph, owner) === 'cache') return undefined;
    // Entries with a part of their own in the runtime wait, listen or run: that is a mistake with another name.
    if (growingNodes(evidence).some((node) => hasOtherName(evidence, node))) return undefined;
    if (growingNodes(evidence).some((node) => finalizerByRegistration.has(node))) return undefined;
    const places = growth.otherHolders.length;
    return {
      title: 'a container that only grows',
      evidence: [
        `${Math.round(growth.survival * 1000) / 10} % of its entries were still there in the next dump`,
        places === 0
          ? 'its entries are held by nothing else that grows'
          : `the same objects are entries of ${places} other growing container${places === 1 ? '' : 's'}`,
      ],
      against: [],
      exact: false,
    };
  },
};

function hasOtherName({ graph }: GrowthEvidence, node: number): boolean {
  const role = graph.language.role(graph, node);
  return role === 'activity' || role === 'callable' || role === 'weak' || role === 'class';
}

/** The first new object of each member of each holder: entries of one member are of one type. */
function growingNodes({ growth }: GrowthEvidence): readonly number[] {
  return [growth.concrete, ...growth.otherHolders.map(({ concrete }) => concrete)].flatMap((concrete) =>
    [...concrete.newNodes.values()].flatMap((nodes) => nodes.slice(0, 1)),
  );
}
