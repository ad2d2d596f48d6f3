/** A heap file that cannot be used: what was expected, what was found, what to do. One subclass for each cause, with a stable code. */
export abstract class HeapFileError extends Error {
  abstract readonly code: `HEAPTRAIL_${string}`;
}
