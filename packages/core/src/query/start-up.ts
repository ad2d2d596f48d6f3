import type { SessionProcess } from './session.ts';

const STEADY_MS = 1500;

/**
 * When start-up was over: the first moment from which the number of imported modules stood still for a while. Dumps before it
 * do not count, for everything grows while a program starts. The first sample's time when modules never stand still.
 */
export function startUpEndMs(process: SessionProcess): number {
  const { samples } = process;
  let since = samples[0]?.atMs ?? process.startedAtMs;
  for (let i = 1; i < samples.length; i++) {
    if (samples[i].modules !== samples[i - 1].modules) since = samples[i].atMs;
    else if (samples[i].atMs - since >= STEADY_MS) return since;
  }
  return samples[0]?.atMs ?? process.startedAtMs;
}
