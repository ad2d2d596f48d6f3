import { ToolkitError } from '../errors/toolkit-error.ts';

/** A callback or argument that leads to the target: the target would live as long as its finalizer waits for its end. */
export class FinalizerHoldsTargetError extends ToolkitError {
  override readonly code = 'HEAPTRAIL_FINALIZER_HOLDS_TARGET';
  override readonly name = 'FinalizerHoldsTargetError';

  /** `holder` is `the callback` or `argument 2`; `path` as `pathTo` gives it. */
  constructor(holder: string, path: string) {
    const how = path === '' ? 'is the target itself' : `leads to the target (${path})`;
    super(
      `${holder} of a finalizer ${how}: the target would never be collected. Hand over what the clean-up needs (an id, a handle, a path), not the object.`,
    );
  }
}

/** No function, where one is to be called long after: a misspelt method would do nothing, and nobody would know. */
export class FinalizerCallbackError extends ToolkitError {
  override readonly code = 'HEAPTRAIL_FINALIZER_CALLBACK';
  override readonly name = 'FinalizerCallbackError';

  constructor(found: unknown) {
    super(`a finalizer expects a function to call, found ${found === null ? 'null' : typeof found}.`);
  }
}

/** A registry that was disposed takes no more finalizers. */
export class FinalizersDisposedError extends ToolkitError {
  override readonly code = 'HEAPTRAIL_FINALIZERS_DISPOSED';
  override readonly name = 'FinalizersDisposedError';

  constructor() {
    super('these finalizers were disposed: none that is registered now would run. Make a new Finalizers, or dispose this one later.');
  }
}
