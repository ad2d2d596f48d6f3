import { REPORT_SCHEMA, type Report } from '../report/index.ts';
import type { Session } from './session.ts';
import { TOOL } from './tool.ts';

/** The report of a session that no agent ever entered: nothing was seen, and it says so. */
export function emptyReport(session: Session): Report {
  const startedAtMs = Date.parse(session.startedAt);
  return {
    schema: REPORT_SCHEMA,
    tool: { ...TOOL },
    target: {
      command: [...session.command],
      pid: 0,
      runtime: { name: 'unknown', version: '' },
      startedAt: session.startedAt,
      observedMs: session.endedAtMs === undefined ? 0 : Math.max(0, Math.round(session.endedAtMs - startedAtMs)),
      exitCode: session.exit?.exitCode ?? null,
      signal: session.exit?.signal ?? null,
    },
    verdict: 'cannot-tell',
    findings: [],
    series: [],
    account: { growthBytesPerSecond: null, explained: [], restBytesPerSecond: null },
    dumps: [],
    cost: { pauseMs: [], dumps: 0, samples: 0, dropped: 0, degraded: [] },
    notes: ['No agent reported: nothing inside the program was seen.', ...session.events.map((event) => event.text)],
    processes: [],
  };
}
