/** Where a primitive takes its time from. Tests hand in one that they turn themselves, so that none of them sleeps. */
export interface Clock {
  /** Milliseconds that only ever grow; comparable with each other, not with the time of day. */
  nowMs(): number;

  /** Calls `run` once after `delayMs`. The returned handle neither fires early nor keeps the process alive unless asked. */
  after(delayMs: number, run: () => void, options?: TimerOptions): ClockTimer;
}

export interface TimerOptions {
  /** Whether the process waits for this timer before it ends. `false` unless given. Browsers have no such notion. */
  readonly keepsProcessAlive?: boolean;
}

export interface ClockTimer {
  /** Harmless when it has fired or was cancelled before. */
  cancel(): void;
}
