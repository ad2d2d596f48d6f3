import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import type { Waiter, WaitingState } from '../../graph/waiting.ts';
import { Enders } from './enders.ts';
import { reachFirstRoots, reachGarbage } from './first-roots.ts';
import type { JudgedWaiter, WaiterJudgement } from './judged-waiter.ts';
import { Liveness } from './liveness.ts';
import { parkedAmong } from './parked.ts';

const NOTHING: WaiterJudgement = { waiters: [], threads: [], unjudged: [], isReached: () => true, undecidable: undefined };

/**
 * Decides which tasks and threads of a heap can still be woken (notes A9). First everything that runs, for certain; then
 * what code that nobody can look into might reach; then who may end a task that nothing wakes. What is left never wakes.
 * Whenever in doubt a waiter is taken to be awake, or one cannot tell. Linear in the heap, for each step that wakes somebody.
 */
export function judgeWaiters(graph: HeapGraph): WaiterJudgement {
  const state = graph.language.waiting?.(graph);
  if (state === undefined) return NOTHING;
  if (state.undecidable !== undefined) return { ...NOTHING, undecidable: state.undecidable };
  const { threads, unjudged } = state;
  if (state.waiters.length === 0) return { ...NOTHING, threads, unjudged };
  const live = new Liveness(graph, state);
  reachFirstRoots(graph, state, live);
  reachGarbage(graph, live);
  live.settle();
  const reasons = new Map<number, string>();
  if (live.awake.includes(0)) doubtNativeCode(state, live, reasons);
  if (live.awake.includes(0)) doubtEnders(graph, state, live, reasons);
  const parked = parkedAmong(
    graph,
    live,
    sleepers(live).map((i) => state.waiters[i]),
  );
  const waiters = state.waiters.map((waiter, i): JudgedWaiter => {
    const reason = reasons.get(i);
    if (live.awake[i] === 1)
      return { waiter, verdict: reason === undefined ? 'awake' : 'cannot-tell', reason, isParked: false, holdsAlone: ownObject(waiter) };
    const holdsAlone = [...ownObject(waiter), ...waiter.holds.filter((node) => !live.isReached(node))];
    return { waiter, verdict: 'never', reason: undefined, isParked: parked.has(waiter), holdsAlone };
  });
  return { waiters, threads, unjudged, isReached: (node) => live.isReached(node), undecidable: undefined };
}

function ownObject({ node }: Waiter): readonly NodeIndex[] {
  return node === undefined ? [] : [node];
}

/** Who wakes when native code reaches what it may still point to. */
function doubtNativeCode(state: WaitingState, live: Liveness, reasons: Map<number, string>): void {
  const byType = new Map<string, number[]>();
  for (const { node, typeName } of state.unaccounted) {
    const nodes = byType.get(typeName);
    if (nodes === undefined) byType.set(typeName, [node]);
    else nodes.push(node);
  }
  for (const [typeName, nodes] of byType) {
    const asleep = sleepers(live);
    if (asleep.length === 0) return;
    for (const node of nodes) live.reach(node);
    live.settle();
    noteAwake(asleep, live, reasons, `native code behind ${typeName} may reach what it waits for`);
  }
}

/** Who may be ended by a holder, and who wakes when that goes on. */
function doubtEnders(graph: HeapGraph, state: WaitingState, live: Liveness, reasons: Map<number, string>): void {
  const enders = new Enders(graph, state, live);
  for (;;) {
    const asleep = sleepers(live);
    const ended = enders.reasons(asleep.filter((i) => state.waiters[i].kind === 'task'));
    if (ended.size === 0) return;
    for (const [waiter, reason] of ended) {
      reasons.set(waiter, reason);
      live.wake(waiter);
    }
    live.settle();
    noteAwake(asleep, live, reasons, 'a task that may be ended by its holder reaches what it waits for');
  }
}

function sleepers(live: Liveness): number[] {
  const found: number[] = [];
  live.awake.forEach((isAwake, i) => {
    if (isAwake === 0) found.push(i);
  });
  return found;
}

function noteAwake(asleep: readonly number[], live: Liveness, reasons: Map<number, string>, reason: string): void {
  for (const waiter of asleep) if (live.awake[waiter] === 1 && !reasons.has(waiter)) reasons.set(waiter, reason);
}
