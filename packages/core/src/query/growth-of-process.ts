import { GrowthTracker, type GrowthResult } from '../evidence/growth/index.ts';
import { ReferenceGrowthTracker, type ReferenceGrowths } from '../evidence/native/index.ts';
import { WaiterTracker, type WaiterResult } from '../evidence/waiters/index.ts';
import { HeapDumpError, loadDump, type Inflate } from '../formats/cpython-dump/index.ts';
import type { ReportDump } from '../report/index.ts';
import type { GarbageReading } from './garbage-of-process.ts';
import type { SessionProcess } from './session.ts';

export interface ProcessGrowth {
  readonly result: GrowthResult | undefined;
  readonly dumps: readonly ReportDump[];
  readonly counted: number;
  readonly notes: readonly string[];
  /** One for each counted dump. */
  readonly garbage: readonly GarbageReading[];
  /** Tasks and threads of the counted dumps that never wake. */
  readonly waiters: WaiterResult;
  /** Objects that native code retains again and again, over the counted dumps. */
  readonly references: ReferenceGrowths;
}

/** Reads the dumps of a process one after the other and follows what grows. Dumps of start-up, and damaged ones, are listed and not counted. */
export async function growthOfProcess(process: SessionProcess, startUpEnd: number, inflate: Inflate): Promise<ProcessGrowth> {
  const tracker = new GrowthTracker();
  const waiters = new WaiterTracker();
  const references = new ReferenceGrowthTracker();
  const dumps: ReportDump[] = [];
  const notes = new Set<string>();
  const garbage: GarbageReading[] = [];
  for (const dump of process.dumps) {
    const row = { sequence: dump.sequence, atMs: Math.round(dump.atMs - process.startedAtMs), mode: dump.mode, pauseMs: dump.pauseMs };
    const unread = (note: string): void => void dumps.push({ ...row, objects: null, bytes: null, counted: false, note });
    if (dump.status === 'failed') {
      unread(dump.text ?? 'failed');
      notes.add(`Dump ${dump.sequence} failed: ${dump.text ?? dump.code ?? 'no reason given'}.`);
      continue;
    }
    let bytes: Uint8Array;
    try {
      bytes = await dump.read();
    } catch {
      unread('its file cannot be read');
      notes.add(`Dump ${dump.sequence}: its file cannot be read.`);
      continue;
    }
    try {
      const { graph, whole } = loadDump(bytes, inflate);
      const early = dump.atMs < startUpEnd;
      const counted = whole && !early;
      for (const gap of graph.gaps) notes.add(`Dump ${dump.sequence}: ${gap}.`);
      const reached = counted ? tracker.add(graph, dump.atMs).walk.reachedCount : undefined;
      if (reached !== undefined) {
        garbage.push({ atMs: dump.atMs, objects: graph.nodeCount - reached });
        waiters.add(graph, dump.atMs);
        references.add(graph);
      }
      const objects = reached ?? graph.nodeCount;
      dumps.push({
        ...row,
        objects,
        bytes: bytes.length,
        counted,
        ...(counted ? {} : { note: early ? 'taken while the program was starting' : 'not whole' }),
      });
    } catch (error) {
      if (!(error instanceof HeapDumpError)) throw error;
      unread(error.message);
      notes.add(`Dump ${dump.sequence}: ${error.message}`);
    }
  }
  return {
    result: tracker.dumpCount >= 2 ? tracker.result() : undefined,
    dumps,
    counted: tracker.dumpCount,
    notes: [...notes],
    garbage,
    waiters: waiters.result(),
    references: references.result(),
  };
}
