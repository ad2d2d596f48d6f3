import { fstatSync, type BigIntStats } from 'node:fs';
import { HeapFileChangedError } from '../errors/heap-file-changed-error.ts';

/** What tells one state of an open file from another. */
export interface FileMoment {
  readonly sizeBytes: number;
  /** In nanoseconds since 1970: when its bytes were written. */
  readonly mtimeNs: bigint;
  /** When its bytes, name or rights were changed: unlike the other time, nobody can set it. */
  readonly ctimeNs: bigint;
}

export function momentOf(stat: BigIntStats): FileMoment {
  return { sizeBytes: Number(stat.size), mtimeNs: stat.mtimeNs, ctimeNs: stat.ctimeNs };
}

/** Throws when the file behind the descriptor is not as it was. A file that was replaced by another of its name is no change: the old one stays open. */
export function assertSameMoment(path: string, fd: number, before: FileMoment): void {
  const now = momentOf(fstatSync(fd, { bigint: true }));
  if (now.sizeBytes !== before.sizeBytes)
    throw new HeapFileChangedError(
      path,
      `it ${now.sizeBytes > before.sizeBytes ? 'grew' : 'shrank'} from ${before.sizeBytes} to ${now.sizeBytes} bytes`,
    );
  if (now.mtimeNs !== before.mtimeNs) throw new HeapFileChangedError(path, `it was written to at ${utc(now.mtimeNs)}`);
}

function utc(mtimeNs: bigint): string {
  return new Date(Number(mtimeNs / 1_000_000n)).toISOString();
}
