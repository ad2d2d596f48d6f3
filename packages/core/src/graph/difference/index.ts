export { bornBetween, knownObjects, type KnownObjects } from './born-between.ts';
export { differenceRows, type DifferenceRow, type DifferenceRows, type DifferenceRowStep } from './difference-rows.ts';
export { heapDifference, type HeapDifference, type StepDifference, type TypeCounts } from './heap-difference.ts';
export { identitiesOf, type HeapIdentities } from './heap-identities.ts';
export { IdSet } from './id-set.ts';
export { NodeByAddress } from './node-by-address.ts';
