/** An object or type that was asked for is not in the heap. */
export class ObjectUnknownError extends Error {
  readonly code = 'HEAPTRAIL_OBJECT_UNKNOWN';

  constructor(asked: string, hint: string) {
    super(`expected an object of this heap (n-1234), an @address or a type, found "${asked}": ${hint}`);
    this.name = 'ObjectUnknownError';
  }
}
