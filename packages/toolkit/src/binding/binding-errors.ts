import { ToolkitError } from '../errors/toolkit-error.ts';

/** A source property whose changes nobody hears of. */
export class NotBindableError extends ToolkitError {
  override readonly code = 'HEAPTRAIL_NOT_BINDABLE';
  override readonly name = 'NotBindableError';

  constructor(property: PropertyKey, found: string) {
    super(
      `property "${String(property)}" cannot be bound from: expected one that these Bindings watch, found ${found}. Declare it as "@bindings.bindable accessor ${String(property)}", or call bindings.watch(object, ${JSON.stringify(String(property))}) first.`,
    );
  }
}

/** Bindings that were disposed take no more. */
export class BindingsDisposedError extends ToolkitError {
  override readonly code = 'HEAPTRAIL_BINDINGS_DISPOSED';
  override readonly name = 'BindingsDisposedError';

  constructor() {
    super('these bindings were disposed: nothing would be handed on. Make a new Bindings, or dispose this one later.');
  }
}
