import { cpythonDump } from './cpython-dump/index.ts';
import type { HeapFormat } from './heap-format.ts';
import { heapProfile } from './heapprofile/index.ts';
import type { ProfileFormat } from './profile-format.ts';
import { v8HeapSnapshot } from './v8-heapsnapshot/index.ts';

/** Every format of heap files. */
export const heapFormats: readonly HeapFormat[] = [cpythonDump, v8HeapSnapshot];

/** Every format of allocation profiles. Asked after those of heaps, in this order: the strictest mark first. */
export const profileFormats: readonly ProfileFormat[] = [heapProfile];
