import { ToolkitError } from '../errors/toolkit-error.ts';

/** A primitive or a registered symbol where only what can be collected makes sense. */
export class NotWeaklyHoldableError extends ToolkitError {
  override readonly code = 'HEAPTRAIL_NOT_WEAKLY_HOLDABLE';
  override readonly name = 'NotWeaklyHoldableError';

  /** `place` says who asked for it: `weak property "parent"`. */
  constructor(value: unknown, place: string) {
    super(
      `${place}: expected an object, a function or a symbol that is not registered, found ${describe(value)}, which the collector never frees. Hold it with a strong property or Map, or wrap it in an object.`,
    );
  }
}

export function describe(value: unknown): string {
  if (typeof value === 'symbol') return `the registered symbol ${String(value)}`;
  if (typeof value === 'string') return `the string ${JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)}`;
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return `the ${typeof value} ${value}`;
  return `a value of type ${typeof value}`;
}
