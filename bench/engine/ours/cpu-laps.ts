/** CPU seconds of this process, step by step: user and system time of all threads. */
export class CpuLaps {
  readonly seconds: Record<string, number> = {};
  #last = process.cpuUsage();

  /** Leaves out what was used since the last step: modules that one task alone needs. */
  restart(): void {
    this.#last = process.cpuUsage();
  }

  lap(name: string): void {
    const { user, system } = process.cpuUsage(this.#last);
    this.#last = process.cpuUsage();
    this.seconds[name] = (user + system) / 1e6;
  }
}
