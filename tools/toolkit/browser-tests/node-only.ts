/** Test files that need Node itself: processes, threads, servers, fake timers of vitest, other pools. */
export const NODE_ONLY_FILES: ReadonlySet<string> = new Set([
  'binding/binding-collection.test.ts',
  'clock/system-clock.test.ts',
  'finalize/finalize-collection.test.ts',
  'graph-json/graph-json-collection.test.ts',
  'resource-pool/collection.test.ts',
  'resource-pool/postgres.test.ts',
  'resource-pool/process.test.ts',
  'resource-pool/tarn.test.ts',
  'task-pool/collection.test.ts',
  'task-pool/workers.test.ts',
  'timers/collection.test.ts',
  'weak-collections/weak-collections-collection.test.ts',
  'weak/weak-collection.test.ts',
]);

/** Single tests that do, in files that else run in a page as well. */
export const NODE_ONLY_TESTS: readonly string[] = [
  // The exit of a process, and a process of its own.
  'at exit > of this process: the listener comes and goes',
  'a real process ends by itself, and runs them last',
  // Counts listeners with Node's getEventListeners; hostile.test.ts of both pools counts them by itself.
  'waiting > ends when its signal is aborted, and takes its listener away in any case',
  'giving up > a caller aborts what waits and what runs, and no listener stays',
];
