/** Where warnings go. Replaceable wherever a primitive warns, so that a program's own log has them. */
export interface Logger {
  /** `code` is stable (`HEAPTRAIL_…`); `message` says what happened and what to do. */
  warn(code: string, message: string): void;
}

/** The console of the runtime. */
export const consoleLogger: Logger = {
  warn: (code, message) => console.warn(`${code}: ${message}`),
};

/** For tests, and for programs that do not want to hear of it. */
export const silentLogger: Logger = { warn: () => undefined };
