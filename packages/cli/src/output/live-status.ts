import type { RunStatus } from '@heaptrail/capture';
import type { LiveCounter, LiveStatus } from '@heaptrail/reporters';

/** The status of a run in the form that the live line renders; undefined as long as no agent has reported in. */
export function liveStatus({ process, elapsedMs, otherProcesses }: RunStatus): LiveStatus | undefined {
  if (process === undefined) return undefined;
  const counters: LiveCounter[] = [];
  const add = (name: string, value: number | undefined, perSecond?: number): void => {
    if (value !== undefined) counters.push({ name, value, ...(perSecond !== undefined && { perSecond }) });
  };
  add('threads', process.threads);
  add('tasks', process.tasks);
  add('finalizers', process.finalizers, process.finalizersPerSecond);
  add('fds', process.descriptors);
  if (process.dumpsWanted === undefined) add('dumps', process.dumpsDone);
  return {
    pid: process.pid,
    runtime: process.runtime,
    script: process.script,
    counters,
    otherProcesses,
    elapsedMs,
    ...(process.rssBytes !== undefined && { rssBytes: process.rssBytes }),
    ...(process.dumpsWanted !== undefined && {
      dumps: { done: process.dumpsDone, planned: process.dumpsWanted, running: process.dumpRunning },
    }),
  };
}
