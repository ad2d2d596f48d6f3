import { ToolkitError } from '../errors/toolkit-error.ts';

/** A decorator of accessors on something else: it would stay an ordinary property, which holds its value strongly and tells nobody. */
export class NotAnAccessorError extends ToolkitError {
  override readonly code = 'HEAPTRAIL_NOT_AN_ACCESSOR';
  override readonly name = 'NotAnAccessorError';

  constructor(decorator: string, property: string, found: string) {
    super(
      `${decorator} decorates accessors, found ${found}. Write "${decorator} accessor ${property}", and compile without experimentalDecorators.`,
    );
  }
}

/** `context` is what the language hands to a decorator; compilers with `experimentalDecorators` hand over the name alone. */
export function requireAccessor(decorator: string, context: ClassAccessorDecoratorContext): void {
  if (context.kind === 'accessor') return;
  const { kind, name = context } = context as { kind?: unknown; name?: unknown };
  const found = typeof kind === 'string' ? `a ${kind}` : 'decorators of the kind before the standard';
  throw new NotAnAccessorError(decorator, String(name), found);
}
