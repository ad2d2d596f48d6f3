/** Where two graphs differ in shape, content or identity; undefined when they are the same. Iterative, an oracle for tests. */
export function differenceOf(left: unknown, right: unknown): string | undefined {
  const rightByLeft = new Map<object, object>();
  const leftByRight = new Map<object, object>();
  const open: [unknown, unknown, string][] = [[left, right, 'root']];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [a, b, at] = next;
    if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) {
      if (!Object.is(a, b)) return `${at}: ${String(a)} against ${String(b)}`;
      continue;
    }
    if (rightByLeft.has(a) || leftByRight.has(b)) {
      if (rightByLeft.get(a) !== b || leftByRight.get(b) !== a) return `${at}: shared on one side only`;
      continue;
    }
    rightByLeft.set(a, b);
    leftByRight.set(b, a);
    if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return `${at}: another prototype`;
    const [ownOfA, ownOfB] = [contentOf(a), contentOf(b)];
    if (ownOfA.length !== ownOfB.length) return `${at}: ${ownOfA.length} values against ${ownOfB.length}`;
    for (const [i, [key, value]] of ownOfA.entries()) {
      const [otherKey, otherValue] = ownOfB[i];
      if (key !== otherKey) return `${at}: ${key} against ${otherKey}`;
      open.push([value, otherValue, `${at}.${key}`]);
    }
  }
  return undefined;
}

function contentOf(object: object): [string, unknown][] {
  const content: [string, unknown][] = [];
  if (Array.isArray(object)) content.push(['length', object.length]);
  if (object instanceof Map) for (const [key, value] of object) content.push(['key', key], ['value', value]);
  else if (object instanceof Set) for (const member of object) content.push(['member', member]);
  else if (object instanceof Date) content.push(['time', object.getTime()]);
  else if (object instanceof ArrayBuffer) content.push(['bytes', [...new Uint8Array(object)].join()]);
  else if (ArrayBuffer.isView(object))
    return [
      ['buffer', object.buffer],
      ['offset', object.byteOffset],
      ['length', object.byteLength],
    ];
  for (const key of Object.getOwnPropertyNames(object))
    if (!(object instanceof Error && key === 'stack') && !(Array.isArray(object) && key === 'length'))
      content.push([key, (object as Record<string, unknown>)[key]]);
  return content;
}
