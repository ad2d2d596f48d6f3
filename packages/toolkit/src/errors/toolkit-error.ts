/**
 * What every error of the toolkit is: a class of its own for each cause, with a code that stays the same from version to
 * version. The message says what was expected, what was found and what to do next.
 */
export abstract class ToolkitError extends Error {
  abstract readonly code: `HEAPTRAIL_${string}`;
  /** Written out in each class: bundlers shorten the names of classes, and people search for the long one. */
  abstract override readonly name: string;
}
