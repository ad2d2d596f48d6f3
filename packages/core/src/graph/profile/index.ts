export * from './allocation-profile.ts';
export * from './profile-builder.ts';
export * from './profile-totals.ts';
export * from './program-lines.ts';
export * from './top-stacks.ts';
export { TupleTable } from './tuple-table.ts';
