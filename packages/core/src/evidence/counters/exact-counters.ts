/** A number that the runtime keeps exactly: threads with one stack, tasks of one coroutine, finalizers with one callback, descriptors of one kind. */
export interface CounterReading {
  /** Names the counter in every reading: `tasks of fetch`. */
  readonly name: string;
  readonly value: number;
  readonly where?: { readonly function: string; readonly file: string; readonly line: number };
}

export interface GrowingCounter {
  readonly name: string;
  readonly before: number;
  readonly after: number;
  readonly perSecond: number;
  readonly where: CounterReading['where'];
}

/** Gains below this are a server that opens its pool. */
const LEAST_GAIN = 8;
const FEWEST_READINGS = 3;

/**
 * Counters that rise from every reading to the next. Readings are those after start-up, in order of time; a counter that is
 * absent from one counts 0 there. Counts are nearly free of noise, so no statistics are needed.
 */
export function growingCounters(
  readings: readonly { readonly atMs: number; readonly counters: readonly CounterReading[] }[],
): readonly GrowingCounter[] {
  if (readings.length < FEWEST_READINGS) return [];
  const names = new Map(readings.at(-1)!.counters.map((counter) => [counter.name, counter]));
  const seconds = (readings.at(-1)!.atMs - readings[0].atMs) / 1000;
  const growing: GrowingCounter[] = [];
  for (const [name, last] of names) {
    const values = readings.map(({ counters }) => counters.find((counter) => counter.name === name)?.value ?? 0);
    const rises = values.every((value, i) => i === 0 || value > values[i - 1]);
    const before = values[0];
    if (rises && last.value - before >= LEAST_GAIN)
      growing.push({ name, before, after: last.value, perSecond: (last.value - before) / seconds, where: last.where });
  }
  return growing.sort((a, b) => b.perSecond - a.perSecond || (a.name < b.name ? -1 : 1));
}
