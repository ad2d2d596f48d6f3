export { nativeHolds, outsideReferences, type NativeHold } from './native-holds.ts';
export { ReferenceGrowthTracker, type ReferenceGrowth } from './reference-growth.ts';
