/**
 * Names come from the program that is looked at, and from dumps that anybody may have made: an escape sequence in a class name
 * must not move the cursor, and a bidirectional mark must not turn a path around.
 */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** The text with everything that is not shown as itself written as an escape. */
export function escapeControls(text: string): string {
  // toWellFormed would be shorter and is not on Node 20's typed library; lone surrogates print as a replacement sign by themselves.
  return text.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The same for every string inside a value. Done once for a whole report, so that no single place can forget it. */
export function escapeControlsDeep<T>(value: T): T {
  return escapeAny(value) as T;
}

function escapeAny(value: unknown): unknown {
  if (typeof value === 'string') return escapeControls(value);
  if (Array.isArray(value)) return value.map(escapeAny);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, escapeAny(inner)]));
  }
  return value;
}
