import { requireAccessor } from './not-an-accessor-error.ts';
import { Keeping, valueOf, type WeakOptions } from './weak-options.ts';

type AccessorDecorator = <Owner, Value>(
  target: ClassAccessorDecoratorTarget<Owner, Value>,
  context: ClassAccessorDecoratorContext<Owner, Value>,
) => ClassAccessorDecoratorResult<Owner, Value>;

/**
 * Accessor decorator: the property holds its value weakly and reads as `undefined` once that was collected.
 *
 *     class Panel {
 *       @weak accessor owner: Screen | undefined;
 *       @weak({ strict: true }) accessor source: Feed | undefined;
 *     }
 *
 * The WeakRef lies in the accessor's own private storage: there is no table, frozen and sealed owners work, subclasses
 * inherit it, and owner and value know nothing of each other's life. `undefined` and `null` clear. O(1). Throws
 * NotAnAccessorError on anything else, a field say, which would hold its value strongly.
 */
export function weak(options?: WeakOptions): AccessorDecorator;
export function weak<Owner, Value>(
  target: ClassAccessorDecoratorTarget<Owner, Value>,
  context: ClassAccessorDecoratorContext<Owner, Value>,
): ClassAccessorDecoratorResult<Owner, Value>;
export function weak<Owner, Value>(
  given: WeakOptions | ClassAccessorDecoratorTarget<Owner, Value> = {},
  context?: ClassAccessorDecoratorContext<Owner, Value>,
): AccessorDecorator | ClassAccessorDecoratorResult<Owner, Value> {
  if (context === undefined) return (target, itsContext) => weakAccessor(target, itsContext, given as WeakOptions);
  return weakAccessor(given as ClassAccessorDecoratorTarget<Owner, Value>, context, {});
}

/** The storage is typed as the value's; what lies in it is what `Keeping` made of the value. */
function weakAccessor<Owner, Value>(
  storage: ClassAccessorDecoratorTarget<Owner, Value>,
  context: ClassAccessorDecoratorContext<Owner, Value>,
  options: WeakOptions,
): ClassAccessorDecoratorResult<Owner, Value> {
  requireAccessor('@weak', context);
  const keeping = new Keeping(`weak property "${String(context.name)}"`, options);
  return {
    init: (value) => keeping.keep(value) as Value,
    get() {
      return valueOf(storage.get.call(this)) as Value;
    },
    set(value) {
      storage.set.call(this, keeping.keep(value) as Value);
    },
  };
}
