export { findSuspects, type SuspectOptions } from './find-suspects.ts';
export type { AccumulationPoint, Suspect, SuspectOwner, SuspectPath, Suspects } from './suspect.ts';
