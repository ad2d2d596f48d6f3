// Each primitive is a folder; this file is the whole public surface, by hand.
export { type Clock, type ClockTimer, type TimerOptions } from './clock/clock.ts';
export { ManualClock } from './clock/manual-clock.ts';
export { systemClock } from './clock/system-clock.ts';
export { asyncDispose, dispose } from './disposal/dispose-symbols.ts';
export { ToolkitError } from './errors/toolkit-error.ts';
export { consoleLogger, silentLogger, type Logger } from './logger/logger.ts';
