import { readFileSync } from 'node:fs';

const AT_PAGESZ = 6n;
/** `/proc/<pid>/statm` counts in pages. */
const PAGE_BYTES = readPageBytes();

/** Resident bytes; costs microseconds. */
export function readRssBytes(pid: number): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * PAGE_BYTES;
  } catch {
    return undefined;
  }
}

/** Proportional and unique bytes. Walks the page tables: 0.5 to 3 ms for 100 MB, so it is read seldom. Undefined without permission. */
export function readRollup(pid: number): { pssBytes: number; ussBytes: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1');
    const kilobytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? NaN);
    const pss = kilobytes('Pss');
    const uss = kilobytes('Private_Clean') + kilobytes('Private_Dirty');
    return Number.isFinite(pss) && Number.isFinite(uss) ? { pssBytes: pss * 1024, ussBytes: uss * 1024 } : undefined;
  } catch {
    return undefined;
  }
}

/** The page size of this kernel (4 KiB, on some arm64 64 KiB), from our own auxiliary vector. */
function readPageBytes(): number {
  try {
    const vector = readFileSync('/proc/self/auxv');
    for (let at = 0; at + 16 <= vector.length; at += 16) {
      if (vector.readBigUInt64LE(at) === AT_PAGESZ) return Number(vector.readBigUInt64LE(at + 8));
    }
  } catch {
    // No /proc: nothing can be sampled here anyway.
  }
  return 4096;
}
