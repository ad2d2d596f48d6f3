import { originalStack } from './original-stack.ts';
import { writeAll } from './write-all.ts';

/** Tells of a failure on standard error: one sentence and its code when it was to be expected, the stack when it is a mistake of ours. */
export function complain(error: unknown): void {
  if (isExpected(error)) writeAll(2, `heaptrail: ${error.message} [${error.code}]\n`);
  else writeAll(2, `heaptrail: ${error instanceof Error ? originalStack(error.stack ?? error.message) : String(error)}\n`);
}

/** Every error that a person can do something about carries a code of ours. */
function isExpected(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('HEAPTRAIL_');
}
