/** Comments after the last line of code are few and short; a map inside one is as long as it likes. */
const MOST_COMMENTS = 16;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/**
 * What `//# sourceMappingURL=` at the end of a script says, or undefined. Only comments and blank lines may follow it (as ECMA-426 has it): one
 * further up belongs to a part that was put into the script, or is a text of the program.
 */
export function mappingUrlOf(script: Uint8Array): string | undefined {
  const decoder = new TextDecoder();
  let end = script.length;
  for (let comments = 0; comments < MOST_COMMENTS && end > 0;) {
    let start = end;
    while (start > 0 && script[start - 1] !== NEWLINE && script[start - 1] !== RETURN) start--;
    const mark = lastMark(script, start, end);
    if (mark >= 0) {
      const found = COMMENT.exec(decoder.decode(script.subarray(mark, end)));
      if (found !== null) return found[1];
    }
    if (!isBlank(script, start, end)) {
      comments++;
      if (!isComment(script, start, end)) return undefined;
    }
    end = start - 1;
  }
  return undefined;
}

/** From the slash on; an address has no spaces and no quotes. */
const COMMENT = /^\/[/*][#@][ \t]*sourceMappingURL=([^\s'"]+?)[ \t]*(?:\*\/[ \t]*)?$/;
const MARK = new TextEncoder().encode('sourceMappingURL=');

/** Where the last `//#` or `/*#` before the words "sourceMappingURL=" of a line begins, or -1. */
function lastMark(script: Uint8Array, start: number, end: number): number {
  for (let at = end - MARK.length; at >= start + 3; at--) {
    if (script[at] !== MARK[0] || !MARK.every((byte, offset) => script[at + offset] === byte)) continue;
    let slash = at - 1;
    while (slash > start && (script[slash] === 0x20 || script[slash] === 0x09)) slash--;
    // The sign, and the two characters before it.
    return slash - 2 >= start && script[slash - 2] === 0x2f ? slash - 2 : -1;
  }
  return -1;
}

function isBlank(script: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (script[at] !== 0x20 && script[at] !== 0x09) return false;
  return true;
}

function isComment(script: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && (script[at] === 0x20 || script[at] === 0x09)) at++;
  return script[at] === 0x2f && script[at + 1] === 0x2f;
}
