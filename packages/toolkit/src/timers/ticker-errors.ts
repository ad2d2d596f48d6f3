import { ToolkitError } from '../errors/toolkit-error.ts';

/** A time that no task can be given. */
export class TickerIntervalError extends ToolkitError {
  override readonly code = 'HEAPTRAIL_TICKER_INTERVAL';
  override readonly name = 'TickerIntervalError';

  constructor(method: string, expected: string, found: unknown) {
    super(`${method}() expects milliseconds, ${expected}, and was given ${typeof found === 'number' ? found : `a ${typeof found}`}.`);
  }
}

/** A task is to end with its owner, and a primitive has no end. */
export class TickerOwnerError extends ToolkitError {
  override readonly code = 'HEAPTRAIL_TICKER_OWNER';
  override readonly name = 'TickerOwnerError';

  constructor(found: unknown) {
    super(`A task needs an object as its owner, with which it ends, and was given ${found === null ? 'null' : typeof found}.`);
  }
}

/** The ticker was disposed. */
export class TickerClosedError extends ToolkitError {
  override readonly code = 'HEAPTRAIL_TICKER_CLOSED';
  override readonly name = 'TickerClosedError';

  constructor() {
    super('This ticker was disposed and runs no more tasks.');
  }
}
