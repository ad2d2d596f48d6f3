/**
 * All that a cache depends on: what identifies the file it was made from, the format that read it, the options it was read
 * with, the version of what computed it. A cache is used only for a key that is the same in every entry.
 */
export type CacheKey = Readonly<Record<string, string | number>>;

/** The key as one text, in which the order of its entries does not matter. */
export function keyText(key: CacheKey): string {
  return JSON.stringify(Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1)));
}
