import type { ObjectView } from '@heaptrail/core';

/** An object on one line: its type, what tells it from others, its handle. */
export function objectText({ type, text, handle }: ObjectView): string {
  return text === null ? `${type}  ${handle}` : `${type} "${text}"  ${handle}`;
}
