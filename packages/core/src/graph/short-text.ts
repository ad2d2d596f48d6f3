const LONGEST = 80;

/** A text as it is shown beside an object: on one line, at most 80 characters. */
export function shortText(text: string | undefined): string | undefined {
  if (text === undefined || text.length <= LONGEST) return text;
  return `${text.slice(0, LONGEST - 1)}…`;
}
