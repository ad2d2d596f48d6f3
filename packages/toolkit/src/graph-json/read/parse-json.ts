import { GraphLimitError, GraphSyntaxError } from '../errors.ts';
import { MAX_JSON_NESTING } from '../format.ts';
import { type GraphLimits, tooLong } from '../limits.ts';

/** `JSON.parse` behind the limits: some engines recurse in it, and all of them take many times the text's size for brackets alone. */
export function parseJson(text: string, limits: GraphLimits): unknown {
  if (typeof text !== 'string') throw new GraphSyntaxError(`A graph is read from a string, found ${typeof text}.`);
  if (text.length > limits.maxTextLength) throw tooLong(limits, text.length);
  checkNesting(text);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new GraphSyntaxError(`The text of a graph should be JSON: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause });
  }
}

const QUOTE = 34;
const BACKSLASH = 92;

/** Linear, allocates nothing. Text that is no JSON may pass; `JSON.parse` sees to that. */
function checkNesting(text: string): void {
  let nesting = 0;
  const { length } = text;
  for (let at = 0; at < length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) {
      for (at++; at < length; at++) {
        const inside = text.charCodeAt(at);
        if (inside === QUOTE) break;
        if (inside === BACKSLASH) at++;
      }
    } else if (unit === 0x5b || unit === 0x7b) {
      if (++nesting > MAX_JSON_NESTING)
        throw new GraphLimitError(
          `The text nests deeper than ${MAX_JSON_NESTING} brackets at character ${at}; no writer of this format does. It is damaged or hostile.`,
        );
    } else if (unit === 0x5d || unit === 0x7d) nesting--;
  }
}
