import type { HeapGraph, NodeIndex } from '../../../graph/heap-graph.ts';
import type { UnjudgedWaiters } from '../../../graph/waiting.ts';
import type { PythonFacts } from '../python-facts.ts';

const COROUTINE = 'coroutine';
/** Awaitables of C that stand between a coroutine and who awaits it. */
const BETWEEN: ReadonlySet<string> = new Set(['coroutine_wrapper', 'async_generator_asend', 'async_generator_athrow', 'anext_awaitable']);
/** Stacks of their own inside one thread: who switches to them is known to their scheduler only. */
const GREENLET = /(^|\.)greenlet$/i;

const UNDRIVEN = 'that no task of asyncio drives';

/**
 * Coroutines that stand in an await and that no task of asyncio drives (none of `driven`), and
 * greenlets: another scheduler wakes them, by means that a heap does not show.
 */
export function unjudgedWaiters(graph: HeapGraph, facts: PythonFacts, driven: readonly NodeIndex[]): UnjudgedWaiters[] {
  const { typeOf, types } = graph;
  const coroutines = outermostCoroutines(graph, facts, driven);
  const isGreenlet = Uint8Array.from(types, ({ displayName }) => Number(GREENLET.test(displayName)));
  let greenlets = 0;
  if (isGreenlet.includes(1)) for (const type of typeOf) greenlets += isGreenlet[type];
  return [
    { count: coroutines, one: `suspended coroutine ${UNDRIVEN}`, several: `suspended coroutines ${UNDRIVEN}` },
    { count: greenlets, one: 'greenlet', several: 'greenlets' },
  ].filter(({ count }) => count > 0);
}

function outermostCoroutines(
  { typeOf, types, firstEdge, edgeTarget }: HeapGraph,
  { activity }: PythonFacts,
  driven: readonly NodeIndex[],
): number {
  const { suspended } = activity;
  const outermost = new Set<NodeIndex>();
  for (const node of suspended.nodes)
    if (types[typeOf[node]].displayName === COROUTINE && suspended.of(node)?.state === 'suspended') outermost.add(node);
  if (outermost.size === 0) return 0;
  for (const coroutine of driven) outermost.delete(coroutine);
  for (const node of suspended.nodes) {
    const awaits = suspended.of(node)?.awaits;
    if (awaits !== undefined) outermost.delete(awaits);
  }
  types.forEach(({ displayName }, type) => {
    if (!BETWEEN.has(displayName)) return;
    typeOf.forEach((each, node) => {
      if (each === type) for (const target of edgeTarget.subarray(firstEdge[node], firstEdge[node + 1])) outermost.delete(target);
    });
  });
  return outermost.size;
}
