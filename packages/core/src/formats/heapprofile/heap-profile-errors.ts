import { HeapFileError } from '../heap-file-error.ts';

/** A `.heapprofile` that is JSON and still cannot be read; the subclasses say why. `atByte` is the place where that became clear. */
export abstract class HeapProfileError extends HeapFileError {
  readonly atByte: number;

  constructor(message: string, atByte: number) {
    super(`${message} (byte ${atByte}). ${NEXT_STEP}`);
    this.name = new.target.name;
    this.atByte = atByte;
  }
}

const NEXT_STEP =
  'A heap profile as "node --heap-prof" or DevTools (Memory, Allocation sampling) write it is needed; if this is one, copy it again from where it came.';

/** A field without which the profile says nothing. */
export class ProfileFieldMissingError extends HeapProfileError {
  readonly code = 'HEAPTRAIL_PROFILE_FIELD_MISSING';

  /** @param owner what should have the field: `a stack node`, `its call frame`. */
  constructor(field: string, owner: string, atByte: number) {
    super(`Expected "${field}" in ${owner}, found none`, atByte);
  }
}

/** A field that is there twice: which of the two is meant cannot be told. */
export class ProfileFieldTwiceError extends HeapProfileError {
  readonly code = 'HEAPTRAIL_PROFILE_FIELD_TWICE';

  constructor(field: string, owner: string, atByte: number) {
    super(`Expected "${field}" once in ${owner}, found it twice`, atByte);
  }
}

/** A field of another kind: a text for a number, a list for an object. */
export class ProfileFieldKindError extends HeapProfileError {
  readonly code = 'HEAPTRAIL_PROFILE_FIELD_KIND';

  constructor(field: string, expected: string, found: string, atByte: number) {
    super(`Expected ${expected} for "${field}", found ${found}`, atByte);
  }
}

/** A number that no profile holds: negative, fractional, or too large. */
export class ProfileNumberError extends HeapProfileError {
  readonly code = 'HEAPTRAIL_PROFILE_NUMBER';

  constructor(field: string, expected: string, found: number, atByte: number) {
    super(`Expected ${expected} for "${field}", found ${found}`, atByte);
  }
}

/** Two stack nodes with one id: samples could belong to either. */
export class ProfileIdTwiceError extends HeapProfileError {
  readonly code = 'HEAPTRAIL_PROFILE_ID_TWICE';

  constructor(id: number, atByte: number) {
    super(`Expected an id of its own for each stack node, found the id ${id} twice`, atByte);
  }
}

/** Sizes that add up to more than doubles can count. */
export class ProfileTotalError extends HeapProfileError {
  readonly code = 'HEAPTRAIL_PROFILE_TOTAL';

  constructor(totalBytes: number, atByte: number) {
    super(`Expected sizes that add up to less than 2^53 bytes, found ${totalBytes} bytes`, atByte);
  }
}
