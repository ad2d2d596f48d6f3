import type { HeapType } from '../heap-graph.ts';
import { noProgress, type Progress } from '../progress.ts';
import type { HeapIdentities } from './heap-identities.ts';
import { NodeByAddress } from './node-by-address.ts';
import { typeUnion, type TypeUnion } from './type-union.ts';

/** Two or more heaps by type. Columns are by index into `types`. */
export interface HeapDifference {
  readonly types: readonly HeapType[];
  readonly heaps: readonly TypeCounts[];
  /** What became of the objects from each heap to the next; empty where identities say nothing because the heaps are of different processes. */
  readonly steps: readonly StepDifference[];
}

export interface TypeCounts {
  readonly objects: Uint32Array;
  readonly bytes: Float64Array;
}

/**
 * From one heap to the next. `objects` of the later heap are `new` and `kept`; of the earlier one, `freed` and `kept`, but for
 * V8's objects that changed their type.
 */
export interface StepDifference {
  readonly new: TypeCounts;
  readonly freed: TypeCounts;
  /** Bytes as they are in the later heap. */
  readonly kept: TypeCounts;
  /** Of those kept, the larger ones, and by how much. */
  readonly grown: TypeCounts;
  /** Objects of both heaps by their id or address alone. */
  readonly sameAddress: number;
  /** Of these, the ones that are of another type in the later heap. */
  readonly otherType: number;
}

/**
 * Compares heaps by type and, when they are of one process, object by object. Where identity is an address, an object
 * that died and another of the same type in its place count as one that was kept. O(nodes), 16 bytes a node for two heaps at a time.
 */
export function heapDifference(
  heaps: readonly HeapIdentities[],
  options: { readonly sameProcess: boolean },
  progress: Progress = noProgress,
): HeapDifference {
  const union = typeUnion(heaps);
  const { types } = union;
  const counts = heaps.map((heap, i) => countsOf(heap, union.numberOf[i], types.length));
  const steps: StepDifference[] = [];
  for (let later = 1; options.sameProcess && later < heaps.length; later++) {
    progress({ step: 'difference', done: later - 1, total: heaps.length - 1 });
    steps.push(stepBetween(heaps, union, later));
  }
  return { types, heaps: counts, steps };
}

class Counting implements TypeCounts {
  readonly objects: Uint32Array;
  readonly bytes: Float64Array;

  constructor(typeCount: number) {
    this.objects = new Uint32Array(typeCount);
    this.bytes = new Float64Array(typeCount);
  }

  add(type: number, bytes: number): void {
    this.objects[type]++;
    this.bytes[type] += bytes;
  }
}

function countsOf({ typeOf, shallowBytes, leftOut }: HeapIdentities, numberOf: Uint32Array, typeCount: number): TypeCounts {
  const counts = new Counting(typeCount);
  for (let node = 0; node < typeOf.length; node++) if (leftOut?.[node] !== 1) counts.add(numberOf[typeOf[node]], shallowBytes[node]);
  return counts;
}

function stepBetween(heaps: readonly HeapIdentities[], { types, numberOf }: TypeUnion, later: number): StepDifference {
  const before = heaps[later - 1];
  const after = heaps[later];
  const numberBefore = numberOf[later - 1];
  const numberAfter = numberOf[later];
  let sameAddress = 0;
  let otherType = 0;
  const step = {
    new: new Counting(types.length),
    freed: new Counting(types.length),
    kept: new Counting(types.length),
    grown: new Counting(types.length),
  };
  const index = new NodeByAddress(before.address);
  const isKept = new Uint8Array(before.address.length);
  for (let node = 0; node < after.address.length; node++) {
    if (after.leftOut?.[node] === 1) continue;
    const type = numberAfter[after.typeOf[node]];
    const bytes = after.shallowBytes[node];
    const was = index.find(after.address[node]);
    const isSameType = was >= 0 && numberBefore[before.typeOf[was]] === type;
    if (was >= 0) sameAddress++;
    if (was >= 0 && !isSameType) otherType++;
    const isSame = was >= 0 && isKept[was] === 0 && before.leftOut?.[was] !== 1 && (after.kind === 'id' || isSameType);
    if (!isSame) {
      step.new.add(type, bytes);
      continue;
    }
    isKept[was] = 1;
    step.kept.add(type, bytes);
    if (bytes > before.shallowBytes[was]) step.grown.add(type, bytes - before.shallowBytes[was]);
  }
  for (let node = 0; node < before.address.length; node++)
    if (isKept[node] === 0 && before.leftOut?.[node] !== 1) step.freed.add(numberBefore[before.typeOf[node]], before.shallowBytes[node]);
  return { ...step, sameAddress, otherType };
}
