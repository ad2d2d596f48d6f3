/** An object or array as `JSON.parse` made it, before anything is known of it. */
export type RawObject = Record<string, unknown>;
export type RawContainer = RawObject | unknown[];

export function isContainer(value: unknown): value is RawContainer {
  return typeof value === 'object' && value !== null;
}

/** Where a container stands in the text, searched when an error needs it. */
export function pointerTo(root: RawContainer, wanted: unknown): string {
  const stack: { readonly container: RawContainer; readonly pointer: string }[] = [{ container: root, pointer: '' }];
  const seen = new Set<unknown>();
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (top.container === wanted) return top.pointer === '' ? 'the top' : top.pointer;
    if (seen.has(top.container)) continue;
    seen.add(top.container);
    for (const [key, value] of Object.entries(top.container))
      if (isContainer(value))
        stack.push({ container: value, pointer: `${top.pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}` });
  }
  return 'a place that is no longer in the text';
}
