import { join } from 'node:path';

/** Where things lie in a session folder (`protocol/session.md`). */
export const sessionPaths = {
  header: (folder: string): string => join(folder, 'session.json'),
  host: (folder: string): string => join(folder, 'host.jsonl'),
  report: (folder: string): string => join(folder, 'report.json'),
  processes: (folder: string): string => join(folder, 'processes'),
  process: (folder: string, id: string): string => join(folder, 'processes', id),
  frames: (processFolder: string): string => join(processFolder, 'frames.jsonl'),
  dump: (processFolder: string, sequence: number): string => join(processFolder, `dump-${sequence}.heap`),
};

export const SESSION_SCHEMA = 'heaptrail-session/1';
/** `<pid>-<k>`. */
export const PROCESS_ID = /^(\d{1,10})-(\d{1,6})$/;
