import { readFileSync } from 'node:fs';

const SERVICES = ['multiprocessing.resource_tracker', 'multiprocessing.forkserver', 'multiprocessing.semaphore_tracker'];

/** Whether a process was started by Python's own machinery to serve others and runs no code of the user. The command line is looked at and forgotten. */
export function isServiceProcess(pid: number): boolean {
  try {
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return SERVICES.some((module) => commandLine.includes(`from ${module} import`));
  } catch {
    return false;
  }
}
