import type { AddressIndex } from './address-index.ts';
import type { DumpSurvey } from './dump-survey.ts';
import { IMMORTAL } from './raw-dump.ts';

/** Types of objects that a thread holds on its own stack for as long as it runs, without a function that says so. */
const HELD_BY_STARTING: ReadonlySet<string> = new Set(['method', 'builtin_function_or_method']);

/**
 * How many references to an object stand in no edge, for those of which it is asked: what running functions hold, and bound
 * methods that native code holds. By old numbers. `held` are all nodes with such references.
 */
export function outsideReferences(
  { roots, types }: Pick<DumpSurvey, 'roots' | 'types'>,
  index: AddressIndex,
  typeOf: Uint32Array,
  held: Uint32Array,
  referenceCounts: Uint32Array,
  counted: Uint32Array,
): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  const note = (node: number): void => {
    const count = referenceCounts[node];
    found.set(node, count === IMMORTAL ? Infinity : count - counted[node]);
  };
  for (const row of roots) {
    if (row.kind !== 'frame') continue;
    for (const address of row.holds ?? []) {
      const node = index.nodeAt(address);
      if (node !== undefined) note(node);
    }
  }
  const isMethod = types.map(({ module, name }) => module === 'builtins' && HELD_BY_STARTING.has(name));
  for (const node of held) if (isMethod[typeOf[node]]) note(node);
  return found;
}
