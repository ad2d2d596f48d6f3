/**
 * Test files that need Node itself: processes, threads, servers, fake timers of vitest, other pools. Those that import the
 * collection test or anything else of `tools` do too, and are not named.
 */
export const NODE_ONLY_FILES: ReadonlySet<string> = new Set([
  'clock/system-clock.test.ts',
  // Thousands of turns of the clock, each of which takes a page four milliseconds.
  'resource-pool/hostile-model.test.ts',
  'resource-pool/postgres-missing.test.ts',
  'resource-pool/postgres.test.ts',
  'resource-pool/process.test.ts',
  'resource-pool/tarn.test.ts',
  'task-pool/workers.test.ts',
]);

/** Single tests that do, in files that else run in a page as well. */
export const NODE_ONLY_TESTS: readonly string[] = [
  // The exit of a process, and a process of its own.
  'at exit > of this process: the listener comes and goes',
  'at exit > of this process: as many as a program has do not make Node warn of a leak',
  'a real process ends by itself, and runs them last',
  // Counts listeners with Node's getEventListeners; hostile.test.ts of both pools counts them by itself.
  'waiting > ends when its signal is aborted, and takes its listener away in any case',
  'giving up > a caller aborts what waits and what runs, and no listener stays',
];
