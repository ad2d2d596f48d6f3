export { cpythonDump } from './cpython-format.ts';
export { HeapDumpError } from './dump-error.ts';
export { loadDump, type LoadedDump } from './load-dump.ts';
export type { Inflate } from './block-reader.ts';
