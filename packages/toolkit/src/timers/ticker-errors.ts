import { ToolkitError } from '../errors/toolkit-error.ts';

/** A time that no task can be given. */
export class TickerIntervalError extends ToolkitError {
  override readonly code = 'HEAPTRAIL_TICKER_INTERVAL';
  override readonly name = 'TickerIntervalError';

  constructor(method: string, expected: string, found: number) {
    super(`${method}() expects milliseconds, ${expected}, and was given ${found}.`);
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
