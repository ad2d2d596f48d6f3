export type { DeepReadonly } from './deep-readonly.ts';
export * from './finding.ts';
export * from './fingerprint.ts';
export * from './heap/index.ts';
export * from './path-step.ts';
export * from './profile/index.ts';
export * from './ranking.ts';
export * from './report.ts';
export * from './verdict.ts';
