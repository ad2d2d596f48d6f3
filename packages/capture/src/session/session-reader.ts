import { lstat, readdir } from 'node:fs/promises';
import type { Session, SessionEvent, SessionProcess } from '@heaptrail/core';
import { number, text, textOrUndefined } from '../agent-host/parse-frame.ts';
import { reasonOf } from '../errors/reason-of.ts';
import { SessionForeignError } from '../errors/session-foreign-error.ts';
import { SessionUnreadableError } from '../errors/session-unreadable-error.ts';
import { linesUnreadable } from './lines-unreadable.ts';
import { openPlainFile } from './open-plain-file.ts';
import { parseObject, readJsonLines } from './read-json-lines.ts';
import { readProcess } from './read-process.ts';
import { PROCESS_ID, SESSION_SCHEMA, sessionPaths } from './session-paths.ts';

const MAX_HEADER_BYTES = 1 << 20;
const MAX_PROCESSES = 4096;
const MAX_ARGUMENTS = 1000;

/**
 * Reads a session folder, also one that a crash cut short or somebody else made: what is not whole is left out and told as an
 * event. Depends on nothing but the folder's content. Heap dumps stay on disk until asked for.
 */
export async function readSession(folder: string): Promise<Session> {
  const header = await readHeader(folder);
  const events: SessionEvent[] = [];
  const startedAt = text(header.startedAt);
  const startedAtMs = Number.isNaN(Date.parse(startedAt)) ? 0 : Date.parse(startedAt);
  const host = await readHost(folder, startedAtMs, events);
  const processes: SessionProcess[] = [];
  for (const id of await processIds(folder, events, startedAtMs)) {
    const process = await readProcess(sessionPaths.process(folder, id), id);
    if (process.ok) processes.push(process.value);
    else
      events.push({
        atMs: startedAtMs,
        code: 'HEAPTRAIL_PROCESS_UNREADABLE',
        text: `what was recorded of process ${id} cannot be read: ${process.reason}`,
      });
  }
  processes.sort(byStart);
  return {
    schema: SESSION_SCHEMA,
    command: Array.isArray(header.command) ? header.command.slice(0, MAX_ARGUMENTS).map(text) : [],
    startedAt,
    endedAtMs: host.endedAtMs,
    exit: host.exit,
    events,
    processes,
  };
}

async function readHeader(folder: string): Promise<Record<string, unknown>> {
  let content: string;
  try {
    const { handle } = await openPlainFile(sessionPaths.header(folder), MAX_HEADER_BYTES);
    try {
      content = await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new SessionUnreadableError(folder, `session.json: ${reasonOf(error)}`);
  }
  const header = parseObject(content);
  if (header === undefined) throw new SessionForeignError(folder, 'no JSON object');
  if (header.schema !== SESSION_SCHEMA) throw new SessionForeignError(folder, JSON.stringify(text(header.schema).slice(0, 80)));
  return header;
}

/** Reads up to the `end` line: what the command did after the observation is not part of it. */
async function readHost(folder: string, startedAtMs: number, events: SessionEvent[]): Promise<Pick<Session, 'endedAtMs' | 'exit'>> {
  let exit: Session['exit'];
  let lines;
  try {
    lines = await readJsonLines(sessionPaths.host(folder));
  } catch (error) {
    events.push({ atMs: startedAtMs, code: 'HEAPTRAIL_HOST_LOG_UNREADABLE', text: `host.jsonl cannot be read: ${reasonOf(error)}` });
    return { endedAtMs: undefined, exit };
  }
  if (lines.unreadableLines > 0) events.push(linesUnreadable(startedAtMs, 'host.jsonl', lines.unreadableLines));
  for (const line of lines.values) {
    if (line.t === 'end') return { endedAtMs: number(line.atMs), exit };
    if (line.t === 'event') events.push({ atMs: number(line.atMs), code: text(line.code), text: text(line.text) });
    if (line.t === 'exit')
      exit = { exitCode: typeof line.exitCode === 'number' ? line.exitCode : null, signal: textOrUndefined(line.signal) ?? null };
  }
  return { endedAtMs: undefined, exit };
}

async function processIds(folder: string, events: SessionEvent[], startedAtMs: number): Promise<string[]> {
  try {
    const parent = sessionPaths.processes(folder);
    if (!(await lstat(parent)).isDirectory()) throw new Error('not a folder');
    const ids = (await readdir(parent, { withFileTypes: true }))
      .filter((entry) => entry.isDirectory() && PROCESS_ID.test(entry.name))
      .map((entry) => entry.name)
      .sort();
    if (ids.length > MAX_PROCESSES) {
      events.push({
        atMs: startedAtMs,
        code: 'HEAPTRAIL_TOO_MANY_PROCESSES',
        text: `${ids.length} processes were recorded; ${MAX_PROCESSES} are read`,
      });
    }
    return ids.slice(0, MAX_PROCESSES);
  } catch (error) {
    events.push({
      atMs: startedAtMs,
      code: 'HEAPTRAIL_PROCESSES_UNREADABLE',
      text: `the folder "processes" cannot be read: ${reasonOf(error)}`,
    });
    return [];
  }
}

function byStart(a: SessionProcess, b: SessionProcess): number {
  return a.startedAtMs - b.startedAtMs || a.pid - b.pid || Number(a.id.split('-')[1]) - Number(b.id.split('-')[1]);
}
