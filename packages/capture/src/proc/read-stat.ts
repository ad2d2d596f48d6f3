import { readFileSync } from 'node:fs';

/** What `/proc/<pid>/stat` tells. Undefined when there is no such process. */
export interface ProcStat {
  readonly state: string;
  readonly parentPid: number;
  readonly processGroup: number;
  readonly terminal: number;
  readonly foregroundGroup: number;
  readonly osThreads: number;
  /** Clock ticks since boot; with the pid it names a process for good, whatever exec or pid reuse do. */
  readonly startTicks: number;
  readonly vmsBytes: number;
}

export function readStat(pid: number | 'self'): ProcStat | undefined {
  let line: string;
  try {
    line = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  // The name in parentheses may hold anything, also parentheses: fields start after the last one.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return {
    state: fields[0],
    parentPid: Number(fields[1]),
    processGroup: Number(fields[2]),
    terminal: Number(fields[4]),
    foregroundGroup: Number(fields[5]),
    osThreads: Number(fields[17]),
    startTicks: Number(fields[19]),
    vmsBytes: Number(fields[20]),
  };
}
