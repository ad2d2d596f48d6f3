import { HeapFileError } from '../heap-file-error.ts';

/** A `.heapsnapshot` that cannot be read; the subclasses say why. `atByte` is the place in the file where that became clear. */
export abstract class SnapshotError extends HeapFileError {
  readonly atByte: number;

  constructor(message: string, atByte: number) {
    super(message);
    this.name = new.target.name;
    this.atByte = atByte;
  }
}

/** Not the JSON of a heap snapshot at all: another file, or bytes that were overwritten. */
export class SnapshotNotJsonError extends SnapshotError {
  readonly code = 'HEAPTRAIL_SNAPSHOT_NOT_JSON';

  constructor(expected: string, found: string, atByte: number) {
    super(`Expected ${expected}, found ${found} at byte ${atByte}. Is this a V8 heap snapshot, and was it copied whole?`, atByte);
  }
}

/** The file ends before its last closing bracket. */
export class SnapshotTruncatedError extends SnapshotError {
  readonly code = 'HEAPTRAIL_SNAPSHOT_TRUNCATED';

  constructor(within: string, atByte: number) {
    super(
      `The file ends after ${atByte} bytes, within ${within}: it was cut off while it was written or copied. ` +
        'Copy it again, or take the snapshot again (its names come last, so what is there cannot be read without them).',
      atByte,
    );
  }
}

/** The parts of the file do not fit each other: counts that lie, references to what is not there. */
export class SnapshotContradictoryError extends SnapshotError {
  readonly code = 'HEAPTRAIL_SNAPSHOT_CONTRADICTORY';

  constructor(what: string, atByte: number) {
    super(
      `The snapshot contradicts itself: ${what} (byte ${atByte}). The file is damaged; copy it again, or take the snapshot again.`,
      atByte,
    );
  }
}

/** A number that no snapshot holds: negative, fractional, or beyond 2^53. */
export class SnapshotNumberError extends SnapshotError {
  readonly code = 'HEAPTRAIL_SNAPSHOT_NUMBER';

  constructor(where: string, found: string, atByte: number) {
    super(
      `Expected whole numbers from 0 to 2^53 in ${where}, found ${found} at byte ${atByte}. The file is damaged; copy it again, or take the snapshot again.`,
      atByte,
    );
  }
}

/** The header describes rows that this version does not understand. */
export class SnapshotLayoutError extends SnapshotError {
  readonly code = 'HEAPTRAIL_SNAPSHOT_LAYOUT';

  constructor(what: string) {
    super(
      `This version cannot read the snapshot's layout: ${what}. If a current Node or Chromium wrote the file, please report it with the first 2,000 bytes of the file.`,
      0,
    );
  }
}

/** A list that every snapshot has is not in the file. */
export class SnapshotIncompleteError extends SnapshotError {
  readonly code = 'HEAPTRAIL_SNAPSHOT_INCOMPLETE';

  constructor(missing: string, atByte: number) {
    super(`The file has no "${missing}": it is JSON, but no whole heap snapshot. Take the snapshot again.`, atByte);
  }
}
