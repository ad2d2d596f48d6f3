/** As much of the graph as a check at run time may look at. */
const MOST_OBJECTS = 2000;

/**
 * Own properties by which `from` leads to `target`, as `.list[3].owner`; `''` when it is the target; undefined when it does
 * not, or not within 2000 objects, nearest first. Looks at data properties, entries of Maps and members of Sets: getters are not
 * called, and what a closure captures or a private field holds cannot be seen. O(objects looked at).
 */
export function pathTo(target: unknown, from: unknown): string | undefined {
  if (from === target) return '';
  if (!canHold(from)) return undefined;
  const seen = new Map<object, string>([[from, '']]);
  // A Map goes on with what is added while it is iterated: breadth first.
  for (const [object, path] of seen) {
    for (const [step, value] of referencesOf(object)) {
      if (value === target) return path + step;
      if (canHold(value) && !seen.has(value)) seen.set(value, path + step);
    }
    if (seen.size > MOST_OBJECTS) return undefined;
  }
  return undefined;
}

function canHold(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** Nothing of what an object does may break a check of something else: a proxy that throws shows what it showed until then. */
function* referencesOf(object: object): Iterable<readonly [step: string, value: unknown]> {
  if (ArrayBuffer.isView(object)) return;
  try {
    yield* ownProperties(object);
    yield* members(object);
  } catch {
    return;
  }
}

function* ownProperties(object: object): Iterable<readonly [step: string, value: unknown]> {
  if (Array.isArray(object)) {
    for (let at = 0; at < Math.min(object.length, MOST_OBJECTS); at++) yield [`[${at}]`, valueAt(object, String(at))];
    return;
  }
  for (const key of Reflect.ownKeys(object)) yield [typeof key === 'symbol' ? `[${String(key)}]` : `.${key}`, valueAt(object, key)];
}

function valueAt(object: object, key: PropertyKey): unknown {
  const described = Reflect.getOwnPropertyDescriptor(object, key);
  return described === undefined ? undefined : (described.value as unknown);
}

function* members(object: object): Iterable<readonly [step: string, value: unknown]> {
  let left = MOST_OBJECTS;
  if (object instanceof Map) {
    for (const [key, value] of Map.prototype.entries.call(object) as Iterable<[unknown, unknown]>) {
      yield ['<key in Map>', key];
      yield ['<value in Map>', value];
      if (--left === 0) return;
    }
  } else if (object instanceof Set) {
    for (const member of Set.prototype.values.call(object) as Iterable<unknown>) {
      yield ['<in Set>', member];
      if (--left === 0) return;
    }
  }
}
