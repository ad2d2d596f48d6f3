import { ToolkitError } from '../errors/toolkit-error.ts';

/** `WeakReference.require()` after the target was collected. */
export class TargetGoneError extends ToolkitError {
  override readonly code = 'HEAPTRAIL_TARGET_GONE';
  override readonly name = 'TargetGoneError';

  constructor(target: string) {
    super(
      `${target} was collected: nothing but weak references held it. Hold it strongly where it has to live, or ask get() and expect undefined.`,
    );
  }
}

/** Any use of a `weakProxy` after the target was collected. A ReferenceError, as of a name that is no longer there. */
export class ProxyTargetGoneError extends ReferenceError {
  readonly code = 'HEAPTRAIL_PROXY_TARGET_GONE';
  override readonly name = 'ProxyTargetGoneError';

  constructor(target: string, operation: string) {
    super(
      `${operation} on a weak proxy: ${target} was collected, for nothing but weak references held it. Hold the target strongly where it has to live.`,
    );
  }
}
