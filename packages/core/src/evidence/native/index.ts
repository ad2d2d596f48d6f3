export { nativeHolds, outsideReferences, type NativeHold } from './native-holds.ts';
export { ReferenceGrowthTracker, SMALLEST_REFERENCE_GROWTH, type ReferenceGrowth, type ReferenceGrowths } from './reference-growth.ts';
