import type { HeapDifference, StepDifference } from './heap-difference.ts';

/** One type through all heaps. */
export interface DifferenceRow {
  readonly type: number;
  readonly name: string;
  /** One entry per heap. */
  readonly objects: readonly number[];
  readonly bytes: readonly number[];
  /** One entry per step; empty where objects cannot be told apart. */
  readonly steps: readonly DifferenceRowStep[];
}

export interface DifferenceRowStep {
  readonly newObjects: number;
  readonly newBytes: number;
  readonly freedObjects: number;
  readonly freedBytes: number;
  readonly keptObjects: number;
  readonly grownObjects: number;
  readonly grownBytes: number;
}

export interface DifferenceRows {
  readonly rows: readonly DifferenceRow[];
  /** Types that changed and are not shown, and what their objects and bytes changed by, all together. */
  readonly rest: { readonly types: number; readonly objects: number; readonly bytes: number };
  /** Types in which nothing changed. */
  readonly unchangedTypes: number;
}

/** The `limit` types whose bytes changed most from the first heap to the last; ties go to those with most traffic, then to the name. */
export function differenceRows(difference: HeapDifference, limit: number): DifferenceRows {
  const { types, heaps, steps } = difference;
  const first = heaps[0];
  const last = heaps[heaps.length - 1];
  const change = (type: number): number => last.bytes[type] - first.bytes[type];
  const traffic = (type: number): number =>
    steps.reduce((sum, step) => sum + step.new.bytes[type] + step.freed.bytes[type] + step.grown.bytes[type], 0);
  const changed = types
    .map((_, type) => ({ type, change: Math.abs(change(type)), traffic: traffic(type) }))
    .filter((each) => each.change > 0 || each.traffic > 0 || heaps.some(({ objects }) => objects[each.type] !== first.objects[each.type]))
    .sort(
      (a, b) =>
        b.change - a.change || b.traffic - a.traffic || compare(types[a.type].displayName, types[b.type].displayName) || a.type - b.type,
    );
  const rest = { types: 0, objects: 0, bytes: 0 };
  for (const { type } of changed.slice(limit)) {
    rest.types++;
    rest.objects += last.objects[type] - first.objects[type];
    rest.bytes += change(type);
  }
  const rows = changed.slice(0, limit).map(({ type }) => ({
    type,
    name: types[type].displayName,
    objects: heaps.map(({ objects }) => objects[type]),
    bytes: heaps.map(({ bytes }) => bytes[type]),
    steps: steps.map((step) => rowStep(step, type)),
  }));
  return { rows, rest, unchangedTypes: types.length - changed.length };
}

function rowStep(step: StepDifference, type: number): DifferenceRowStep {
  return {
    newObjects: step.new.objects[type],
    newBytes: step.new.bytes[type],
    freedObjects: step.freed.objects[type],
    freedBytes: step.freed.bytes[type],
    keptObjects: step.kept.objects[type],
    grownObjects: step.grown.objects[type],
    grownBytes: step.grown.bytes[type],
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
