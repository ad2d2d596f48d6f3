import { describe, expect, it } from 'vitest';
import { leadingProcesses, type Candidate } from './leading-processes.ts';

const process = (pid: number, ppid: number, script: string, dumpsDone = 0, helper = false): Candidate => ({
  hello: { pid, ppid, script, startedAtMs: pid },
  openedAtMs: 0,
  dumpsDone,
  helper,
});
const pids = (processes: Candidate[], nowMs = 10_000): number[] => leadingProcesses(processes, nowMs).map(({ hello }) => hello.pid);

describe('leadingProcesses', () => {
  it('puts workers before the master that launched them', () => {
    expect(pids([process(1, 0, 'gunicorn'), process(2, 1, 'gunicorn'), process(3, 1, 'gunicorn')])).toEqual([2, 3, 1]);
  });

  it('puts the helpers of multiprocessing last', () => {
    expect(pids([process(1, 0, 'app.py'), process(2, 1, '-c', 0, true), process(3, 1, '-c')])).toEqual([1, 3, 2]);
  });

  it('dumps at most four, and stays with those it began with', () => {
    expect(pids([1, 2, 3, 4, 5, 6].map((pid) => process(pid, 0, 'app.py', pid > 4 ? 1 : 0)))).toEqual([5, 6, 1, 2]);
  });

  it('leaves a process in its first seconds alone when it is not the only one', () => {
    expect(pids([process(1, 0, 'app.py'), process(2, 1, 'job.py')], 1000)).toEqual([]);
    expect(pids([process(1, 0, 'app.py')], 1000)).toEqual([1]);
  });
});
