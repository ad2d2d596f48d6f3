export { PlaceComparison, type PlaceChange, type PlaceChanges } from './place-comparison.ts';
export { survivors, type SurvivorGroup, type SurvivorHolder, type Survivors } from './survivors.ts';
