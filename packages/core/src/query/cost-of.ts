import type { Cost } from '../report/index.ts';
import type { Session, SessionProcess } from './session.ts';

/** What the observation cost the program, and what was done in a lesser way than it should. */
export function costOf(session: Session, process: SessionProcess): Cost {
  const taken = process.dumps.filter((dump) => dump.status === 'done');
  const last = process.samples.at(-1);
  return {
    pauseMs: taken.map((dump) => dump.pauseMs),
    dumps: taken.length,
    samples: process.samples.length,
    dropped: last?.dropped ?? 0,
    degraded: degradedIn(session, process),
    ...(last === undefined ? {} : { agentCpuMs: last.agentCpuMs }),
    tracing: tracingOf(process),
  };
}

/** Said for the record: what heaptrail does when all is well. */
const ORDINARY = new Set(['HEAPTRAIL_TRACING_STARTED']);

function degradedIn(session: Session, process: SessionProcess): string[] {
  const said = [...session.events, ...process.events]
    .filter((event) => !ORDINARY.has(event.code))
    .map((event) => `${event.text} (${event.code})`);
  const dumps = process.dumps
    .filter((dump) => dump.code !== undefined)
    .map((dump) => `dump ${dump.sequence}: ${dump.text ?? ''} (${dump.code})`);
  return [...new Set([...said, ...dumps])];
}

function tracingOf(process: SessionProcess): Cost['tracing'] {
  const traced = process.samples.filter((sample) => sample.tracing);
  const [first] = traced;
  const last = traced.at(-1);
  if (first === undefined || last === undefined) return null;
  return {
    startedBy: process.foreignTracing ? 'program' : 'heaptrail',
    seconds: Math.round((last.atMs - first.atMs) / 100) / 10,
    tracedBytes: last.tracedBytes,
    overheadBytes: last.tracingBytes,
  };
}
