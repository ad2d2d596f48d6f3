import { ERROR_CLASSES, type ErrorName, isViewName, VIEW_CLASSES, type ViewName } from '../format.ts';
import type { AnyGraphType, TypeTable } from '../graph-type.ts';

export type BuiltInName = 'Date' | 'Map' | 'Set' | 'ArrayBuffer' | ViewName | ErrorName;

/** How an object is written; undefined when it is not. */
export type Kind = 'object' | 'array' | 'null-prototype' | BuiltInName | AnyGraphType;

/** A subclass is another class: only the exact prototype counts, so that what comes back has the class that went in. */
export function kindOf(value: object, types: TypeTable): Kind | undefined {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (Array.isArray(value)) return prototype === Array.prototype ? 'array' : undefined;
  if (prototype === Object.prototype) return 'object';
  if (prototype === null) return 'null-prototype';
  const registered = types.byPrototype.get(prototype);
  if (registered !== undefined) return registered;
  const name = NAME_BY_PROTOTYPE.get(prototype);
  return name !== undefined && isReally(value, name) ? name : undefined;
}

const NAME_BY_PROTOTYPE: ReadonlyMap<object, BuiltInName> = new Map<object, BuiltInName>([
  [Date.prototype, 'Date'],
  [Map.prototype, 'Map'],
  [Set.prototype, 'Set'],
  [ArrayBuffer.prototype, 'ArrayBuffer'],
  ...Object.entries(VIEW_CLASSES).map(([name, { prototype }]): [object, BuiltInName] => [prototype, name as ViewName]),
  ...Object.entries(ERROR_CLASSES).map(([name, { prototype }]): [object, BuiltInName] => [prototype, name as ErrorName]),
]);

const sizeOfMap = getterOf(Map.prototype, 'size');
const sizeOfSet = getterOf(Set.prototype, 'size');
const lengthOfBuffer = getterOf(ArrayBuffer.prototype, 'byteLength');
const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;
const bufferOfTypedArray = getterOf(typedArray, 'buffer');
const bufferOfDataView = getterOf(DataView.prototype, 'buffer');

/** Objects with a borrowed prototype are not what it says, and detached buffers have nothing left. */
function isReally(value: object, name: BuiltInName): boolean {
  try {
    if (name === 'Date') Date.prototype.getTime.call(value);
    else if (name === 'Map') sizeOfMap.call(value);
    else if (name === 'Set') sizeOfSet.call(value);
    else if (name === 'ArrayBuffer') assertAttached(value);
    else if (isViewName(name)) {
      const buffer = bufferOfView(value, name);
      if (Object.getPrototypeOf(buffer) !== ArrayBuffer.prototype) return false;
      assertAttached(buffer);
    }
    return true;
  } catch {
    return false;
  }
}

/** Throws for what is no ArrayBuffer, and for one whose bytes went to another thread. */
function assertAttached(buffer: object): void {
  lengthOfBuffer.call(buffer);
  new Uint8Array(buffer as ArrayBuffer);
}

/** Through the prototype's own getters: a property of the same name on the instance must not run, or lie. */
export function bufferOfView(view: object, name: ViewName): ArrayBuffer {
  return (name === 'DataView' ? bufferOfDataView : bufferOfTypedArray).call(view) as ArrayBuffer;
}

const offsetOfTypedArray = getterOf(typedArray, 'byteOffset');
const offsetOfDataView = getterOf(DataView.prototype, 'byteOffset');
const lengthOfTypedArray = getterOf(typedArray, 'byteLength');
const lengthOfDataView = getterOf(DataView.prototype, 'byteLength');

/** In bytes. */
export function rangeOfView(view: object, name: ViewName): { readonly offset: number; readonly length: number } {
  const isDataView = name === 'DataView';
  return {
    offset: (isDataView ? offsetOfDataView : offsetOfTypedArray).call(view) as number,
    length: (isDataView ? lengthOfDataView : lengthOfTypedArray).call(view) as number,
  };
}

function getterOf(prototype: object, name: string): (this: unknown) => unknown {
  const getter = Reflect.getOwnPropertyDescriptor(prototype, name)!.get as (this: unknown) => unknown;
  return getter;
}
