import type { PlacedHeap } from '../evidence/growth/index.ts';
import type { EdgeLabel, NodeIndex, Root } from '../graph/heap-graph.ts';
import { pathTo, type PathStep as GraphStep } from '../graph/shortest-paths.ts';
import type { PathStep } from '../report/index.ts';

/** A retaining path as a person reads it, and the part of it that is the same in every run. */
export interface HeldBy {
  readonly steps: readonly PathStep[];
  /** Names without keys, positions, counts and folders: for the fingerprint. */
  readonly names: readonly string[];
}

/**
 * Path from a root to the holder, whose step is the suspect, and one step further to what grows. Above the last object
 * that is known to be alive nothing leaks; what grows leaks; between them nothing is known, and the suspect is the last of these.
 */
export function heldBy(
  heap: PlacedHeap,
  holder: NodeIndex,
  grows: { readonly node: NodeIndex; readonly type: string } | undefined,
): HeldBy {
  const { graph, walk } = heap;
  const path = pathTo(graph, walk, holder);
  if (path === undefined) return { steps: [], names: [] };
  const last = path.steps.length - 1;
  const lastAlive = path.steps.findLastIndex(({ node }, i) => i < last && graph.language.status(graph, node).status === 'alive');
  const steps = path.steps.map((step, i): PathStep => {
    const type = typeName(heap, step.node);
    const text = step.label === undefined ? rootText(path.root, true) : stepText(heap, step);
    if (i === last) {
      const size = graph.language.entryCount(graph, step.node);
      return { step: text, type, status: 'unknown', suspect: true, reason: 'it grows in every dump', ...(size > 0 ? { size } : {}) };
    }
    const known = graph.language.status(graph, step.node);
    if (known.status !== 'unknown') return { step: text, type, status: known.status, suspect: false, reason: known.reason };
    if (i < lastAlive) return { step: text, type, status: 'not-leaking', suspect: false, reason: 'what it holds further on is alive' };
    if (i === 0 && path.root.kind === 'frame')
      return { step: text, type, status: 'alive', suspect: false, reason: 'a variable of a running function' };
    return { step: text, type, status: 'unknown', suspect: false };
  });
  const names = path.steps.map(
    ({ label, node }) =>
      `${label === undefined ? rootText(path.root, false) : graph.language.labelPattern(graph, label)} ${typeName(heap, node)}`,
  );
  if (grows !== undefined) {
    const label = labelBelow(heap, holder, grows.node);
    const text = label === undefined ? '[x]' : graph.language.labelPattern(graph, label).replace('<key>', '[key]');
    steps.push({ step: text, type: grows.type, status: 'leaking', suspect: false, reason: 'one more in every dump' });
  }
  return { steps, names };
}

/** What grows is held by no object: the growing objects are roots themselves. */
export function heldByRoot(heap: PlacedHeap, grows: { readonly node: NodeIndex; readonly type: string }): HeldBy {
  const index = heap.walk.rootIndex[grows.node];
  const root = heap.graph.roots[index];
  const text = root === undefined ? 'not known' : rootText(root, true);
  return {
    steps: [{ step: text, type: grows.type, status: 'unknown', suspect: true, reason: 'more of them in every dump' }],
    names: [root === undefined ? '' : rootText(root, false), grows.type],
  };
}

function rootText(root: Root, exact: boolean): string {
  switch (root.kind) {
    case 'global':
      return root.name;
    case 'module':
      return `module ${root.name}`;
    case 'frame': {
      const file = root.frame.file.slice(root.frame.file.lastIndexOf('/') + 1);
      return `local ${root.name} of ${root.frame.function} (${exact ? `${file}:${root.frame.line}` : file})`;
    }
    case 'interpreter':
      return `interpreter ${root.name}`;
    case 'native':
      return 'native code (a reference that no object of the heap accounts for)';
    case 'agent':
      return 'heaptrail';
  }
}

function stepText(heap: PlacedHeap, step: GraphStep): string {
  const { graph } = heap;
  const text = graph.language.labelText(graph, step.label!);
  const isClass = graph.language.role(graph, step.node) === 'class';
  return isClass && text.startsWith('.') ? `class ${text.slice(1)}` : text;
}

function typeName(heap: PlacedHeap, node: NodeIndex): string {
  return heap.graph.types[heap.graph.typeOf[node]].displayName;
}

function labelBelow(heap: PlacedHeap, holder: NodeIndex, node: NodeIndex): EdgeLabel | undefined {
  return heap.walk.parent[node] === holder ? heap.walk.parentLabel[node] : undefined;
}
