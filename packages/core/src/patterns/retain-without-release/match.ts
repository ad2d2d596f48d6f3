import { outsideReferences } from '../../evidence/native/index.ts';
import type { GrowthEvidence, Pattern } from '../pattern.ts';

/** Share of the new objects that must have a reference that nothing in the heap accounts for. */
const MOST = 0.9;
/** What a container needs at least for each object that it holds. */
const BYTES_PER_REFERENCE = 8;

export const retainWithoutRelease: Pattern = {
  id: 'retain-without-release',
  title: 'native code retains objects and never releases them',
  fix: 'give up what was retained: release once more where this succeeds, or do not retain what alloc, new, copy and init hand over already; in an extension, pair each Py_INCREF and each new reference with a Py_DECREF on every path',
  match(evidence) {
    const { graph, growth, objects } = evidence;
    // Held by an object, native or not: that object is the holder to look at.
    if (!growth.heldNatively || growth.concrete.holder !== undefined || objects.length === 0) return undefined;
    if (objects.some((node) => hasPartOfItsOwn(evidence, node))) return undefined;
    const references = outsideReferences(graph, objects);
    const held = references?.filter((count) => count > 0) ?? [];
    if (held.length === 0 || held.length < MOST * objects.length) return undefined;
    if (couldHoldThem(evidence)) return undefined;
    const sum = held.reduce((total, count) => total + count, 0);
    return {
      title: 'retained by native code and never released',
      evidence: [
        `${held.length} of ${objects.length} new objects have references that nothing in the heap accounts for, ${sum} in all (${Math.round((10 * sum) / held.length) / 10} each)`,
        'no object is known that could hold them: none that hides its contents is large enough',
      ],
      against: ['many small native objects that hide what they refer to would look the same'],
      exact: false,
    };
  },
};

/** What runs, waits, is called or listens is held by native code for a reason. */
function hasPartOfItsOwn({ graph }: GrowthEvidence, node: number): boolean {
  const role = graph.language.role(graph, node);
  return role === 'activity' || role === 'callable' || role === 'weak' || role === 'class' || role === 'runtime';
}

/**
 * Is there an object of a package that shows no references at all, and is large enough for all the new objects? An array of
 * an extension is a container like any other, only that its contents are not seen.
 */
function couldHoldThem({ graph, objects }: GrowthEvidence): boolean {
  const { language, types, typeOf, firstEdge, edgeTarget, shallowBytes } = graph;
  const isOfPackage = types.map(({ module }) => module !== '' && !language.isLibraryModule(module));
  const least = objects.length * BYTES_PER_REFERENCE;
  for (let node = 0; node < graph.nodeCount; node++) {
    if (shallowBytes[node] < least || !isOfPackage[typeOf[node]]) continue;
    let references = 0;
    for (let e = firstEdge[node]; e < firstEdge[node + 1]; e++) if (language.role(graph, edgeTarget[e]) !== 'class') references++;
    if (references === 0) return true;
  }
  return false;
}
