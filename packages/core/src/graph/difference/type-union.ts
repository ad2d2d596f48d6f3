import type { HeapType } from '../heap-graph.ts';

/** The types of several heaps in one numbering: those of the same module and name are one. */
export interface TypeUnion {
  readonly types: readonly HeapType[];
  /** For each heap, the common number of each of its types. */
  readonly numberOf: readonly Uint32Array[];
}

export function typeUnion(heaps: readonly { readonly types: readonly HeapType[] }[]): TypeUnion {
  const types: HeapType[] = [];
  const numberByName = new Map<string, number>();
  const numberOf = heaps.map((heap) =>
    Uint32Array.from(heap.types, (type) => {
      const name = `${type.module}\n${type.name}\n${type.displayName}`;
      let number = numberByName.get(name);
      if (number === undefined) {
        number = types.push(type) - 1;
        numberByName.set(name, number);
      }
      return number;
    }),
  );
  return { types, numberOf };
}

/** As `typeUnion` sees it. */
export function isSameType(a: HeapType, b: HeapType): boolean {
  return a.name === b.name && a.module === b.module && a.displayName === b.displayName;
}
