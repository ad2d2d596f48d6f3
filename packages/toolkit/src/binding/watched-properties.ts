import { requireAccessor } from '../weak/not-an-accessor-error.ts';
import { NotBindableError } from './binding-errors.ts';
import { Cell } from './cell.ts';

type Changed = (cell: Cell) => void;

/** Properties whose changes are told, and how they become such. Their cells lie with their owners: there is no table of objects. */
export class WatchedProperties {
  readonly #changed: Changed;
  /** By setter, which is how a property is known as one of ours. */
  readonly #cellGetters = new WeakMap<object, (owner: object) => Cell>();

  /** `changed` is told of cells that have links. */
  constructor(changed: Changed) {
    this.#changed = changed;
  }

  /** Standard accessor decorator; throws NotAnAccessorError on anything else. What lies in the storage is the cell, though it is typed as the value. */
  readonly decorator = <Owner extends object, Value>(
    storage: ClassAccessorDecoratorTarget<Owner, Value>,
    context: ClassAccessorDecoratorContext<Owner, Value>,
  ): ClassAccessorDecoratorResult<Owner, Value> => {
    requireAccessor('@bindable', context);
    const changed = this.#changed;
    const cellOf = (owner: object): Cell => storage.get.call(owner as Owner) as unknown as Cell;
    const set = function (this: Owner, value: Value): void {
      setCell(storage.get.call(this) as unknown as Cell, value, changed);
    };
    this.#cellGetters.set(set, cellOf);
    return {
      init: (value) => new Cell(value) as unknown as Value,
      get() {
        return (storage.get.call(this) as unknown as Cell).value as Value;
      },
      set,
    };
  };

  /** Makes an own data property of an object such a one; its value then lies in the accessor. */
  watch(owner: object, property: PropertyKey): void {
    const described = Reflect.getOwnPropertyDescriptor(owner, property);
    if (this.#isOurs(described)) return;
    if (described === undefined || !('value' in described)) throw new NotBindableError(property, 'no own data property of this name');
    const cell = new Cell(described.value);
    const changed = this.#changed;
    const set = (value: unknown): void => setCell(cell, value, changed);
    this.#cellGetters.set(set, () => cell);
    const { enumerable = true } = described;
    if (!Reflect.defineProperty(owner, property, { configurable: true, enumerable, get: () => cell.value, set }))
      throw new NotBindableError(property, 'one that cannot be configured');
  }

  #isOurs(described: PropertyDescriptor | undefined): boolean {
    const setter = setterOf(described);
    return setter !== undefined && this.#cellGetters.has(setter);
  }

  /** Undefined for a property that is not watched here. */
  cellOf(owner: object, property: PropertyKey): Cell | undefined {
    const setter = setterOf(descriptorOf(owner, property));
    return setter === undefined ? undefined : this.#cellGetters.get(setter)?.(owner);
  }

  /** Throws NotBindableError for a property that is not watched here. */
  require(owner: object, property: PropertyKey): Cell {
    const cell = this.cellOf(owner, property);
    if (cell !== undefined) return cell;
    const described = descriptorOf(owner, property);
    if (described === undefined) throw new NotBindableError(property, 'none of this name');
    throw new NotBindableError(property, 'value' in described ? 'an ordinary one' : 'an accessor that tells nobody');
  }
}

function setCell(cell: Cell, value: unknown, changed: Changed): void {
  if (Object.is(cell.value, value)) return;
  cell.value = value;
  if (cell.links !== undefined) changed(cell);
}

function descriptorOf(owner: object, property: PropertyKey): PropertyDescriptor | undefined {
  for (let at: object | null = owner; at !== null; at = Reflect.getPrototypeOf(at)) {
    const described = Reflect.getOwnPropertyDescriptor(at, property);
    if (described !== undefined) return described;
  }
  return undefined;
}

/** As a key: it is not called from here. */
function setterOf(described: PropertyDescriptor | undefined): object | undefined {
  return (described as { readonly set?: object } | undefined)?.set;
}
