import { instancesInKeys } from '../../evidence/growth/index.ts';
import type { Pattern } from '../pattern.ts';
import { MOST } from '../waiting-objects.ts';

export const lruCacheOnMethod: Pattern = {
  id: 'lru-cache-on-method',
  title: 'a method is memoized: `self` is part of every key, so the memo keeps every instance',
  fix: 'keep the results with the instance, so that they go with it (functools.cached_property, or a dict in an attribute); or memoize a function that takes what it needs and not `self`; or bound the memo (maxsize); or key it weakly (weakref.WeakKeyDictionary)',
  match({ graph, heap, growth }) {
    const { holder } = growth.concrete;
    const memo = holder === undefined ? -1 : heap.walk.parent[holder];
    if (memo < 0 || graph.language.role(graph, memo) !== 'cache') return undefined;
    // A memo that a class holds itself is a method; below a staticmethod or classmethod it is not, and its keys begin with no instance.
    const owner = heap.walk.parent[memo];
    if (owner < 0 || graph.language.role(graph, owner) !== 'class') return undefined;
    const found = instancesInKeys(heap, growth);
    if (found === undefined || found.keysWithFirst < MOST * found.keys) return undefined;
    const type = graph.types[graph.typeOf[found.nodes[0]]].displayName;
    return {
      title: 'kept by the memo of a method (lru_cache), whose keys begin with `self`',
      evidence: [
        `${found.keysWithFirst} of ${found.keys} new keys begin with a ${type}: ${found.nodes.length} instances that nothing nearer to a root holds`,
      ],
      against: [],
      exact: false,
    };
  },
};
