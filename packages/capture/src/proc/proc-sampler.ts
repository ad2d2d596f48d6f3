import type { ProcSample } from '@heaptrail/core';
import { countDescriptors } from './count-descriptors.ts';
import { readRollup, readRssBytes } from './read-memory.ts';
import { readStat } from './read-stat.ts';

const ROLLUP_EVERY_MS = 5000;
/** The rollup may take this share of the time between two of them. */
const ROLLUP_SHARE = 0.002;

/** Samples one process from outside. Notices that the pid has passed to another process and then answers undefined for ever. */
export class ProcSampler {
  readonly #pid: number;
  readonly #startTicks: number | undefined;
  #nextRollupAtMs = 0;

  constructor(pid: number) {
    this.#pid = pid;
    const stat = readStat(pid);
    const ours = readStat('self');
    // A peer in another pid namespace tells a number that is somebody else's here: whoever is older than we are was not started by us.
    const older = stat !== undefined && ours !== undefined && stat.startTicks < ours.startTicks;
    this.#startTicks = older ? undefined : stat?.startTicks;
  }

  /** The same process still lives (a zombie does not). */
  get alive(): boolean {
    const stat = readStat(this.#pid);
    return stat !== undefined && stat.startTicks === this.#startTicks && stat.state !== 'Z' && stat.state !== 'X';
  }

  sample(nowMs: number): ProcSample | undefined {
    const stat = readStat(this.#pid);
    if (stat === undefined || stat.startTicks !== this.#startTicks || stat.state === 'Z') return undefined;
    const rssBytes = readRssBytes(this.#pid);
    const fds = countDescriptors(this.#pid);
    if (rssBytes === undefined) return undefined;
    return { atMs: nowMs, rssBytes, ...this.#rollup(nowMs), vmsBytes: stat.vmsBytes, osThreads: stat.osThreads, fds: fds ?? {} };
  }

  #rollup(nowMs: number): { pssBytes: number; ussBytes: number } | undefined {
    if (nowMs < this.#nextRollupAtMs) return undefined;
    const beganMs = performance.now();
    const rollup = readRollup(this.#pid);
    const tookMs = performance.now() - beganMs;
    this.#nextRollupAtMs = nowMs + Math.max(ROLLUP_EVERY_MS, tookMs / ROLLUP_SHARE);
    return rollup;
  }
}
