import fc from 'fast-check';
import type { SmallEdge, SmallNode } from './small-snapshot.ts';

/** What matters of a node to the rules: who owns it, whether it belongs to the page, whether it is in the document. */
const KINDS: readonly Pick<SmallNode, 'type' | 'name'>[] = [
  { type: 'object', name: 'Object' },
  { type: 'object', name: 'Map' },
  { type: 'closure', name: 'f' },
  { type: 'hidden', name: 'system / NativeContext' },
  { type: 'hidden', name: 'system / Map' },
  { type: 'array', name: '(map descriptors)' },
  { type: 'array', name: '' },
  { type: 'native', name: 'system / ExternalStringData' },
  { type: 'native', name: '<div id="a">' },
  { type: 'synthetic', name: '(GC roots)' },
  { type: 'synthetic', name: '(Document DOM trees)' },
];

const EDGES: readonly (readonly [string, string | number])[] = [
  ['property', 'p'],
  ['property', 'q'],
  ['context', 'x'],
  ['element', 0],
  ['element', 4],
  ['hidden', 2],
  ['hidden', 7],
  ['internal', 'map'],
  ['internal', 'elements'],
  ['internal', 'sloppy_function_map'],
  ['internal', '4'],
  ['shortcut', 's'],
  ['weak', 'w'],
];

interface Shape {
  readonly kinds: readonly number[];
  readonly detached: readonly number[];
  readonly edges: readonly (readonly [from: number, edge: number, to: number])[];
  readonly rootEdges: readonly (readonly [edge: number, to: number])[];
  readonly entries: readonly (readonly [table: number, key: number, value: number, isWhole: boolean])[];
  /** Whether each node is held by one with a lower number, so that all of them are reached. */
  readonly isConnected: boolean;
}

/** Small heaps with everything that DevTools has a rule for. */
export const randomHeap: fc.Arbitrary<SmallNode[]> = fc.integer({ min: 2, max: 24 }).chain((count) => {
  const node = fc.nat(count - 1);
  const some = fc.integer({ min: 1, max: count - 1 });
  return fc
    .record<Shape>({
      kinds: fc.array(fc.nat(KINDS.length - 1), { minLength: count, maxLength: count }),
      detached: fc.array(fc.constantFrom(0, 0, 0, 0, 1, 2), { minLength: count, maxLength: count }),
      edges: fc.array(fc.tuple(node, fc.nat(EDGES.length - 1), some), { maxLength: count * 3 }),
      rootEdges: fc.array(fc.tuple(fc.nat(2), some), { maxLength: 4 }),
      entries: fc.array(fc.tuple(some, some, some, fc.boolean()), { maxLength: 3 }),
      isConnected: fc.boolean(),
    })
    .map((shape) => heapOf(count, shape));
});

const ROOT_EDGES: readonly (readonly [string, string | number])[] = [
  ['shortcut', 'window'],
  ['element', 1],
  ['property', 'p'],
];

function heapOf(count: number, { kinds, detached, edges, rootEdges, entries, isConnected }: Shape): SmallNode[] {
  const edgesOf: SmallEdge[][] = Array.from({ length: count }, () => []);
  for (const [edge, to] of rootEdges) edgesOf[0].push([...ROOT_EDGES[edge], to]);
  for (const [from, edge, to] of edges) edgesOf[from === 0 ? to : from].push([...EDGES[edge], to]);
  if (isConnected)
    for (let node = 1; node < count; node++) edgesOf[(Math.imul(node, 0x9e3779b1) >>> 0) % node].push(['property', 'held', node]);
  const kindOf = [...kinds];
  for (const [table, key, value, isWhole] of entries) {
    // V8 has no WeakMap among descriptors of properties.
    for (const node of [table, key]) if (KINDS[kindOf[node]].name === '(map descriptors)') kindOf[node] = 0;
    const name = ` / part of key (K @${2 * key + 1}) -> value (V @${2 * value + 1}) pair in WeakMap (table @${2 * table + 1})`;
    edgesOf[table].push(['internal', `${edgesOf[table].length}${name}`, value]);
    if (isWhole) edgesOf[key].push(['internal', `${edgesOf[key].length}${name}`, value]);
  }
  // DevTools gives up on a root that refers to one node several times.
  edgesOf[0] = edgesOf[0].filter(([, , to], i, all) => all.findIndex(([, , other]) => other === to) === i);
  return edgesOf.map((own, node) => ({
    ...(node === 0 ? { type: 'synthetic', name: '' } : KINDS[kindOf[node]]),
    size: node === 0 ? 0 : 1 + ((node * 37) % 100),
    detached: detached[node],
    edges: own,
  }));
}
