export { GrowthTracker, type Growth, type GrowthResult } from './growth-tracker.ts';
export type { ConcreteGrowth } from './concrete-holder.ts';
export type { GrowingPlace } from './growing-places.ts';
export type { Rate } from './growth-rate.ts';
export { instancesInKeys, type KeyInstances } from './key-instances.ts';
export { NO_PLACE, type PlaceId, type PlaceTable } from './place-table.ts';
export type { PlacedHeap } from './place-walk.ts';
export type { SwellingPlace } from './swelling-places.ts';
export { rateOf } from './growth-rate.ts';
