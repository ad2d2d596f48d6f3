import { BUILT_IN_TYPES } from './format.ts';
import { GraphTypeError } from './errors.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- classes with any constructor; it is never called
export type GraphClass<T extends object> = abstract new (...args: any[]) => T;

/**
 * How instances of one class are written and read. The name is in the text and outlives the class's own, which bundlers shorten.
 * - Nothing but name and class: the own enumerable properties, put back under the class's prototype; no constructor runs.
 *   Private `#fields` cannot be seen from outside: such a class needs the functions.
 * - `save` alone: the state, a plain object, becomes the instance's properties.
 * - `save`, `create`, `restore`: two steps, for instances that take part in cycles.
 * - `save`, `revive`: one step, for classes whose constructor wants all at once. Such an instance cannot be reached from its own state.
 */
export interface GraphType<T extends object, S = unknown> {
  readonly name: string;
  readonly class: GraphClass<T>;
  readonly save?: (instance: T) => S;
  readonly revive?: (state: S) => T;
  readonly create?: () => T;
  readonly restore?: (instance: T, state: S) => void;
}

/** A type in a list with others, its own types forgotten. */
export type AnyGraphType = GraphType<object>;

/** Checks the parts of a type against each other while their types are known. */
export function graphType<T extends object, S = unknown>(type: GraphType<T, S>): AnyGraphType {
  if (type.name === '' || type.name.startsWith('$') || BUILT_IN_TYPES.has(type.name))
    throw new GraphTypeError(
      `A registered type needs a name of its own that does not begin with $, found "${type.name}": the format uses that one.`,
    );
  if ((type.create === undefined) !== (type.restore === undefined) || (type.revive !== undefined && type.create !== undefined))
    throw new GraphTypeError(`Type "${type.name}" needs either revive, or create and restore together, or none of them.`);
  if ((type.revive !== undefined || type.create !== undefined) && type.save === undefined)
    throw new GraphTypeError(`Type "${type.name}" says how its state is read but not how it is written: it needs save.`);
  return type as unknown as AnyGraphType;
}

/** The registered types by name and by prototype. Holds classes strongly, instances never. */
export class TypeTable {
  readonly byName: ReadonlyMap<string, AnyGraphType>;
  readonly byPrototype: ReadonlyMap<object, AnyGraphType>;

  constructor(types: readonly AnyGraphType[]) {
    const byName = new Map<string, AnyGraphType>();
    const byPrototype = new Map<object, AnyGraphType>();
    for (const type of types) {
      const prototype = type.class.prototype as object;
      if (byName.has(type.name)) throw new GraphTypeError(`Two types are registered as "${type.name}": each needs a name of its own.`);
      if (byPrototype.has(prototype)) throw new GraphTypeError(`The class of type "${type.name}" is registered twice.`);
      byName.set(type.name, type);
      byPrototype.set(prototype, type);
    }
    this.byName = byName;
    this.byPrototype = byPrototype;
  }
}

export function isErrorClass(type: AnyGraphType): boolean {
  return type.class.prototype instanceof Error;
}
