/** All input lives here: starting programs, talking to agents, reading /proc, writing and reading the session folder. */
export { CaptureError } from './errors/capture-error.ts';
export { ReportNotWrittenError } from './errors/report-not-written-error.ts';
export { SessionIncompleteError } from './errors/session-incomplete-error.ts';
export { reasonOf } from './errors/reason-of.ts';
export { readSession } from './session/session-reader.ts';
export { sessionPaths } from './session/session-paths.ts';
export { writeAtomically } from './session/write-atomically.ts';
export { commandName, redactArgv } from './session/redact-argv.ts';
export { startRun, type Run, type RunHooks } from './run/start-run.ts';
export type { RunOptions, SitesMode } from './run/run-options.ts';
export type { RunStatus, ProcessStatus } from './run/run-status.ts';
export type { CommandExit } from './run/launch.ts';
export type { GrowthSeen, GrowthWatch } from './run/growth-watch.ts';
export { inflate } from './session/inflate.ts';
export { readDump } from './session/read-dump.ts';
export { openHeapFile, type OpenOptions } from './heap-file/open-heap-file.ts';
export { whileUnchanged, type HeapFile } from './heap-file/heap-file.ts';
export { recogniseFormat, type Recognisable } from './heap-file/recognise-format.ts';
