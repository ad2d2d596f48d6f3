export { finalizerKinds, type FinalizerKind } from './finalizer-kinds.ts';
export type { HeldBy } from './held-targets.ts';
export { pathToOwnTarget } from './self-holding.ts';
export type { WayStep } from './way-to-target.ts';
