/** How many columns a terminal gives the text: two for East Asian wide characters and emoji, none for combining marks. */
export function displayWidth(text: string): number {
  let columns = 0;
  for (const character of text) columns += columnsOf(character.codePointAt(0) ?? 0);
  return columns;
}

/** Cuts after at most `columns` columns: what fits, and the rest. Takes at least one character, so that a caller's loop ends. */
export function splitAtWidth(text: string, columns: number): readonly [string, string] {
  let used = 0;
  let end = 0;
  for (const character of text) {
    used += columnsOf(character.codePointAt(0) ?? 0);
    if (used > columns && end > 0) break;
    end += character.length;
  }
  return [text.slice(0, end), text.slice(end)];
}

function columnsOf(codePoint: number): number {
  if (codePoint < 0x300) return 1;
  if (isCombining(codePoint)) return 0;
  return isWide(codePoint) ? 2 : 1;
}

function isCombining(codePoint: number): boolean {
  return codePoint <= 0x36f || (codePoint >= 0x20d0 && codePoint <= 0x20ff) || (codePoint >= 0xfe00 && codePoint <= 0xfe0f);
}

function isWide(codePoint: number): boolean {
  return (
    (codePoint >= 0x1100 && codePoint <= 0x115f) ||
    (codePoint >= 0x2e80 && codePoint <= 0xa4cf) ||
    (codePoint >= 0xac00 && codePoint <= 0xd7a3) ||
    (codePoint >= 0xf900 && codePoint <= 0xfaff) ||
    (codePoint >= 0xfe30 && codePoint <= 0xfe6f) ||
    (codePoint >= 0xff00 && codePoint <= 0xff60) ||
    (codePoint >= 0x1f300 && codePoint <= 0x1faff) ||
    (codePoint >= 0x20000 && codePoint <= 0x3fffd)
  );
}
