import { growingCounters, type CounterReading, type GrowingCounter } from '../evidence/counters/exact-counters.ts';
import type { AgentDetail, AgentSample, ProcSample, SessionProcess } from './session.ts';

const READINGS = 5;

/** Exact counters of one process that rise after start-up: by stack, coroutine and callback where details were taken, else in all. */
export function countersOfProcess(process: SessionProcess, fromMs: number): readonly GrowingCounter[] {
  const detailed = growingCounters(
    process.details
      .filter((detail) => detail.atMs >= fromMs && !detail.partial)
      .map((detail) => ({ atMs: detail.atMs, counters: detailCounters(detail) })),
  );
  const sums = growingCounters(spread(process.samples, fromMs).map((sample) => ({ atMs: sample.atMs, counters: sampleCounters(sample) })));
  const descriptors = growingCounters(
    spread(process.proc, fromMs).map((sample) => ({ atMs: sample.atMs, counters: descriptorCounters(sample) })),
  );
  const kinds = new Set(detailed.map((counter) => counter.name.split(' ')[0]));
  return [...detailed, ...sums.filter((counter) => !kinds.has(counter.name)), ...descriptors];
}

/** A few readings at even distances: a counter must rise between all of them. */
function spread<T extends { readonly atMs: number }>(samples: readonly T[], fromMs: number): readonly T[] {
  const counted = samples.filter((sample) => sample.atMs >= fromMs);
  if (counted.length < READINGS * 2) return [];
  return Array.from({ length: READINGS }, (_, i) => counted[Math.round((i * (counted.length - 1)) / (READINGS - 1))]);
}

function detailCounters(detail: AgentDetail): readonly CounterReading[] {
  return [
    ...detail.threads.map(({ stack, count }) => {
      const [inner] = stack;
      const where = inner === undefined ? undefined : { function: inner[0], file: inner[1], line: inner[2] };
      return { name: `threads in ${stack.map(([name]) => name).join(' ← ')}`, value: count, ...(where === undefined ? {} : { where }) };
    }),
    ...detail.tasks.map(({ coroutine, file, line, count }) => ({
      name: `tasks of ${coroutine}`,
      value: count,
      where: { function: coroutine, file, line },
    })),
    ...detail.finalizers.map(({ callback, file, line, count }) => ({
      name: `finalizers with callback ${callback}`,
      value: count,
      ...place(callback, file, line),
    })),
  ];
}

function sampleCounters(sample: AgentSample): readonly CounterReading[] {
  return [
    { name: 'threads', value: sample.threads },
    { name: 'tasks', value: sample.tasks ?? 0 },
    { name: 'finalizers', value: sample.finalizers ?? 0 },
    { name: 'uncollectable objects', value: sample.garbage },
  ];
}

function descriptorCounters(sample: ProcSample): readonly CounterReading[] {
  return Object.entries(sample.fds).map(([kind, value]) => ({ name: `descriptors of kind ${kind}`, value }));
}

/** Built-in callbacks have no file. */
function place(name: string, file: string, line: number): Pick<CounterReading, 'where'> {
  return file === '' || line === 0 ? {} : { where: { function: name, file, line } };
}
