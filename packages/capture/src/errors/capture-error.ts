/**
 * An expected failure: something outside the product is not as it must be. Carries a stable code and the exit code of `heaptrail
 * run`; its message says what happened, what was found and what to do next. Not for: mistakes in our own code, which crash with a
 * stack trace.
 */
export abstract class CaptureError extends Error {
  abstract readonly code: `HEAPTRAIL_${string}`;
  /** What `heaptrail run` exits with; the other commands exit with 1. */
  readonly exitCode: number = 125;
}
