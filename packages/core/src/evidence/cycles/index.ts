export { cycleCensus, type CycleCensus, type CycleExample, type CycleKind, type CycleTotals } from './cycle-census.ts';
export type { KindFinalizers } from './cycle-finalizers.ts';
export type { CycleState, FreedBy } from './kind-table.ts';
export type { CycleStep } from './written-cycle.ts';
