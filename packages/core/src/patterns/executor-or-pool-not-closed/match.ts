import type { ThreadView } from '../../graph/waiting.ts';
import type { GrowthEvidence, Pattern } from '../pattern.ts';
import { isBelow, MOST } from '../waiting-objects.ts';

/** One pool that fills up to its size is none of this. */
const FEWEST_POOLS = 3;

export const executorOrPoolNotClosed: Pattern = {
  id: 'executor-or-pool-not-closed',
  title: 'a pool of workers is made again and again, and none is closed',
  fix: 'make one pool and keep it, or use it in a with statement; shutdown() or close() and join() end its workers',
  match(evidence) {
    const workers = workersOf(evidence);
    const idle = workers.filter(({ stack }) => stack.every((frame) => evidence.graph.language.isLibraryFrame(frame)));
    const pools = new Set(workers.map(({ pool }) => pool));
    if (pools.size < FEWEST_POOLS || idle.length < MOST * workers.length) return undefined;
    const { graph } = evidence;
    const [{ pool }] = workers;
    return {
      title: 'one more pool of idle workers each time',
      evidence: [
        `${pools.size} pools (${graph.types[graph.typeOf[pool]].displayName}) with ${workers.length} workers, ${idle.length} of them idle`,
      ],
      against: [],
      exact: false,
    };
  },
};

type Worker = ThreadView & { readonly pool: number };

/** Workers that are new objects themselves, or of pools of which each new object has one. */
function workersOf(evidence: GrowthEvidence): readonly Worker[] {
  const { waiters, objects, growth } = evidence;
  const workers = (waiters?.threads ?? []).filter((view): view is Worker => view.pool !== undefined);
  const isNew = new Set(objects);
  const own = workers.filter(({ node, pool }) => isNew.has(node) || isNew.has(pool));
  const grown = new Set(own.flatMap(({ node, pool }) => [node, pool]).filter((node) => isNew.has(node)));
  if (grown.size >= MOST * objects.length) return own;
  const { holder } = growth.concrete;
  if (holder === undefined) return [];
  const below = workers.filter(({ pool }) => isBelow(evidence, pool, holder));
  return new Set(below.map(({ pool }) => pool)).size >= MOST * objects.length ? below : [];
}
