import { readdirSync, readlinkSync } from 'node:fs';

export type DescriptorKind = 'file' | 'socket' | 'pipe' | 'anon' | 'other';
export type DescriptorCounts = Record<DescriptorKind, number>;

/** Above this many, kinds are told apart for a sample of them and scaled, so that a descriptor leak does not make its own observation costly. */
const MAX_READLINKS = 2000;

/** Open descriptors by kind. Where they point is looked at and forgotten. Undefined when the process is gone or closed to us. */
export function countDescriptors(pid: number): DescriptorCounts | undefined {
  const folder = `/proc/${pid}/fd`;
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return undefined;
  }
  const counts: DescriptorCounts = { file: 0, socket: 0, pipe: 0, anon: 0, other: 0 };
  const step = Math.ceil(names.length / MAX_READLINKS);
  let looked = 0;
  for (let i = 0; i < names.length; i += step) {
    try {
      counts[kindOf(readlinkSync(`${folder}/${names[i]}`))]++;
      looked++;
    } catch {
      // Closed in between.
    }
  }
  if (step > 1 && looked > 0) scale(counts, names.length / looked);
  return counts;
}

function kindOf(target: string): DescriptorKind {
  if (target.startsWith('socket:')) return 'socket';
  if (target.startsWith('pipe:')) return 'pipe';
  if (target.startsWith('anon_inode:')) return 'anon';
  if (target.startsWith('/dev/')) return 'other';
  return target.startsWith('/') ? 'file' : 'other';
}

function scale(counts: DescriptorCounts, factor: number): void {
  for (const kind of Object.keys(counts) as DescriptorKind[]) counts[kind] = Math.round(counts[kind] * factor);
}
