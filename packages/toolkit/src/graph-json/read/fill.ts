import { GraphFormatError, GraphTypeError } from '../errors.ts';
import { unescapeKey, VIEW_CLASSES, type ViewName } from '../format.ts';
import type { RawContainer, RawObject } from './raw-json.ts';
import type { GraphScan } from './scan.ts';
import { type Slot, Special } from './special.ts';

/** Puts what exists into its places. From here on the tree of the text is the graph. */
export function fillSlots(scan: GraphScan): void {
  for (const object of scan.escaped) unescapeKeys(object);
  for (const { object, prototype } of scan.adopted) Object.setPrototypeOf(object, prototype);
  for (const special of scan.specials) if (special.filling === 'view') special.value = viewOf(special);
  for (const { holder, key, value } of scan.primitives) put(holder, key, value);
  for (const slot of scan.slots) {
    const { target } = slot;
    if (!(target instanceof Special)) put(slot.holder, slot.key, target);
    else if (target.value !== undefined) put(slot.holder, slot.key, target.value);
    else {
      put(slot.holder, slot.key, undefined);
      target.waiting.push(slot);
    }
  }
}

/** The place exists as an own property, so that no setter of a prototype is asked. */
export function put(holder: RawContainer, key: string | number, value: unknown): void {
  if (typeof key === 'number') (holder as unknown[])[key] = value;
  else (holder as RawObject)[unescapeKey(key)] = value;
}

export function putAll(slots: readonly Slot[], value: unknown): void {
  for (const { holder, key } of slots) put(holder, key, value);
}

/** All keys go and come again, for the sake of their order. */
function unescapeKeys(object: RawObject): void {
  const entries = Object.entries(object);
  for (const [key] of entries) Reflect.deleteProperty(object, key);
  for (const [key, value] of entries) define(object, unescapeKey(key), value, true);
}

export function define(object: object, key: string, value: unknown, enumerable: boolean): void {
  Object.defineProperty(object, key, { value, enumerable, writable: true, configurable: true });
}

function viewOf({ wrapper, name, needs }: Special): object {
  // No need at all when the buffer is plain: an object somebody forged.
  const of = needs.length === 0 ? undefined : needs[0].target;
  const buffer = of instanceof Special ? of.value : undefined;
  if (!(buffer instanceof ArrayBuffer))
    throw new GraphFormatError(`The buffer of a ${name} should be an ArrayBuffer or a reference to one.`);
  const View = VIEW_CLASSES[name as ViewName] as ViewClass;
  const { offset, length } = wrapper as { readonly offset?: unknown; readonly length?: unknown };
  if (!Object.hasOwn(wrapper, 'offset')) return made(name, () => new View(buffer));
  if (!isCount(offset) || !isCount(length)) throw new GraphFormatError(`offset and length of a ${name} should be integers of at least 0.`);
  return made(name, () => new View(buffer, offset, length));
}

type ViewClass = new (buffer: ArrayBuffer, offset?: number, length?: number) => object;

function made(name: string, make: () => object): object {
  try {
    return make();
  } catch (cause) {
    throw new GraphFormatError(`A ${name} does not fit its buffer.`, { cause });
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

export function cycleThrough(special: Special): GraphTypeError {
  return new GraphTypeError(
    `An instance of type "${special.name}" is reached from its own state, and revive makes it only when the state is there. Give the type create and restore.`,
  );
}
