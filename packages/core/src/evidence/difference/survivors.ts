import { NO_NODE, type DominatorTree } from '../../graph/dominators/index.ts';
import type { HeapGraph, NodeIndex } from '../../graph/heap-graph.ts';
import { noProgress, type Progress } from '../../graph/progress.ts';
import { orderByKey } from '../growth/order-by-key.ts';

/** Marked objects of one type that no other marked object keeps alive: cutting what holds them frees the rest. */
export interface SurvivorGroup {
  readonly type: number;
  /** All marked objects of the type, those inside others included. */
  readonly objects: number;
  /** Of `objects`, those that live inside no other marked one. */
  readonly outermost: number;
  /** Kept by the outermost ones: no byte counts twice, within the group or between groups. */
  readonly retainedBytes: number;
  readonly largest: { readonly node: NodeIndex; readonly retainedBytes: number };
  /** Who dominates the outermost ones: what holds most of them first. */
  readonly holders: readonly SurvivorHolder[];
  /** Holders beyond those. */
  readonly moreHolders: number;
}

export interface SurvivorHolder {
  /** Undefined for a root that is no node. */
  readonly node: NodeIndex | undefined;
  readonly objects: number;
  readonly retainedBytes: number;
}

export interface Survivors {
  /** Marked objects that are held. */
  readonly objects: number;
  readonly shallowBytes: number;
  readonly retainedBytes: number;
  /** Marked objects that nothing holds: garbage, and so no survivors. */
  readonly unreachedObjects: number;
  /** Most retained first. Types without an outermost object are in no group: they live inside others. */
  readonly groups: readonly SurvivorGroup[];
  readonly more: { readonly groups: number; readonly objects: number; readonly retainedBytes: number };
}

const HOLDERS = 5;

/**
 * Groups marked objects (one byte a node; `bornBetween`) by type, as memlab's find-leaks does, but with retained sizes that
 * add up. Linear: two passes over the dominator tree and a radix sort of the outermost objects. About 13 bytes a node.
 */
export function survivors(
  graph: HeapGraph,
  tree: DominatorTree,
  marked: Uint8Array,
  limit = 50,
  progress: Progress = noProgress,
): Survivors {
  progress({ step: 'difference', done: 0, total: 1 });
  const { typeOf, shallowBytes: bytesOf } = graph;
  const objectsByType = new Uint32Array(graph.types.length);
  let objects = 0;
  let shallowBytes = 0;
  let unreachedObjects = 0;
  for (let node = 0; node < graph.nodeCount; node++) {
    if (marked[node] === 0) continue;
    if (!tree.isReached(node)) {
      unreachedObjects++;
      continue;
    }
    objects++;
    objectsByType[typeOf[node]]++;
    shallowBytes += bytesOf[node];
  }
  const outermost = outermostNumbers(graph, tree, marked);
  const groups = groupsOf(graph, tree, outermost, objectsByType);
  groups.sort((a, b) => b.retainedBytes - a.retainedBytes || b.objects - a.objects || a.type - b.type);
  const more = { groups: 0, objects: 0, retainedBytes: 0 };
  for (const group of groups.slice(limit)) {
    more.groups++;
    more.objects += group.objects;
    more.retainedBytes += group.retainedBytes;
  }
  const retainedBytes = groups.reduce((sum, group) => sum + group.retainedBytes, 0);
  return { objects, shallowBytes, retainedBytes, unreachedObjects, groups: groups.slice(0, limit), more };
}

/** Numbers of marked nodes that no marked node dominates. New tables of older collections are looked through: their entries may be of any age. */
function outermostNumbers(graph: HeapGraph, { node, dominator, retained, count }: DominatorTree, marked: Uint8Array): Uint32Array {
  const { language, shallowBytes } = graph;
  const isOnlyTable = (i: number): boolean => language.isTable?.(graph, node[i]) === true && shallowBytes[node[i]] < retained[i] / 2;
  // 1: marked, or inside what is.
  const within = new Uint8Array(count + 1);
  const numbers = new Uint32Array(count);
  let length = 0;
  for (let i = 1; i <= count; i++) {
    const isInside = i > 1 && within[dominator[i]] === 1;
    const isMarked = node[i] !== NO_NODE && marked[node[i]] === 1;
    const isOutermost = isMarked && !isInside && !isOnlyTable(i);
    if (isOutermost) numbers[length++] = i;
    within[i] = isOutermost || isInside ? 1 : 0;
  }
  return numbers.slice(0, length);
}

function groupsOf(graph: HeapGraph, tree: DominatorTree, outermost: Uint32Array, objectsByType: Uint32Array): SurvivorGroup[] {
  const { node, dominator } = tree;
  const typeByNumber = new Uint32Array(tree.count + 1);
  for (const number of outermost) typeByNumber[number] = graph.typeOf[node[number]];
  // By dominator within each type: both sorts are stable.
  orderByKey(outermost, dominator);
  orderByKey(outermost, typeByNumber);
  const groups: SurvivorGroup[] = [];
  for (let at = 0; at < outermost.length;) {
    const type = typeByNumber[outermost[at]];
    let end = at;
    while (end < outermost.length && typeByNumber[outermost[end]] === type) end++;
    groups.push(groupOf(graph, tree, type, outermost.subarray(at, end), objectsByType[type]));
    at = end;
  }
  return groups;
}

/** `numbers` are in the order of their dominators. */
function groupOf(graph: HeapGraph, tree: DominatorTree, type: number, numbers: Uint32Array, objects: number): SurvivorGroup {
  const { node, dominator, retained } = tree;
  let largest = numbers[0];
  let retainedBytes = 0;
  let holderCount = 0;
  let holders: SurvivorHolder[] = [];
  for (let at = 0; at < numbers.length;) {
    const holder = dominator[numbers[at]];
    const first = at;
    let bytes = 0;
    for (; at < numbers.length && dominator[numbers[at]] === holder; at++) {
      bytes += retained[numbers[at]];
      if (retained[numbers[at]] > retained[largest]) largest = numbers[at];
    }
    retainedBytes += bytes;
    holderCount++;
    holders.push({ node: holderAt(graph, tree, holder), objects: at - first, retainedBytes: bytes });
    if (holders.length >= 1000) holders = topHolders(holders);
  }
  holders = topHolders(holders);
  return {
    type,
    objects,
    outermost: numbers.length,
    retainedBytes,
    largest: { node: node[largest], retainedBytes: retained[largest] },
    holders,
    moreHolders: holderCount - holders.length,
  };
}

/** The collection rather than its table. */
function holderAt(graph: HeapGraph, { node, dominator }: DominatorTree, number: number): NodeIndex | undefined {
  const isTable = number > 1 && node[number] !== NO_NODE && graph.language.isTable?.(graph, node[number]) === true;
  const holder = node[isTable ? dominator[number] : number];
  return holder === NO_NODE ? undefined : holder;
}

function topHolders(holders: SurvivorHolder[]): SurvivorHolder[] {
  return holders
    .sort((a, b) => b.retainedBytes - a.retainedBytes || b.objects - a.objects || (a.node ?? -1) - (b.node ?? -1))
    .slice(0, HOLDERS);
}
