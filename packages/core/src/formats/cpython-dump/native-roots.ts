import type { Root } from '../../graph/heap-graph.ts';
import { IMMORTAL, type RawDump } from './raw-dump.ts';

/**
 * Objects that something outside the graph holds: their reference count exceeds the references that the graph shows
 * (`../docs/architecture.md`, decision 4; Python: notes 4.5). Immortal objects count as held. Valid for whole dumps of
 * builds with the interpreter lock only; the caller checks that.
 */
export function nativeRoots(dump: RawDump, countedReferences: Uint32Array, typeOf: Uint32Array): Root[] {
  const refs = dump.refs.finish();
  const roots: Root[] = [];
  for (let node = 0; node < refs.length; node++) {
    const held = refs[node];
    if (held !== IMMORTAL && held <= countedReferences[node]) continue;
    roots.push({ kind: 'native', node, name: dump.types[typeOf[node]].name });
  }
  return roots;
}
