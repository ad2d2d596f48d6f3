import { openPlainFile } from './open-plain-file.ts';

const MAX_FILE_BYTES = 1 << 30;
/** Host lines and agent frames are at most 256 KiB; anything longer is not ours. */
const MAX_LINE_BYTES = 512 * 1024;
const CHUNK_BYTES = 1 << 16;

export interface JsonLines {
  readonly values: readonly Record<string, unknown>[];
  /** Whole lines that hold no JSON object. A last line without its end is torn by a crash, expected, and not counted. */
  readonly unreadableLines: number;
}

/** Reads a file of one JSON object a line and leaves out what is not whole. Rejects only when the file cannot be opened or read. */
export async function readJsonLines(path: string): Promise<JsonLines> {
  const { handle } = await openPlainFile(path, MAX_FILE_BYTES);
  const values: Record<string, unknown>[] = [];
  let unreadableLines = 0;
  const take = (line: Buffer): void => {
    if (line.length === 0) return;
    const value = line.length <= MAX_LINE_BYTES ? parseObject(line.toString('utf8')) : undefined;
    if (value === undefined) unreadableLines++;
    else values.push(value);
  };
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let pending: Buffer[] = [];
    let pendingBytes = 0;
    for (;;) {
      const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, null);
      if (bytesRead === 0) break;
      let from = 0;
      for (let end = chunk.indexOf(10); end !== -1 && end < bytesRead; end = chunk.indexOf(10, from)) {
        take(Buffer.concat([...pending, chunk.subarray(from, end)]));
        pending = [];
        pendingBytes = 0;
        from = end + 1;
      }
      if (from < bytesRead && pendingBytes <= MAX_LINE_BYTES) {
        pending.push(Buffer.from(chunk.subarray(from, bytesRead)));
        pendingBytes += bytesRead - from;
      }
    }
  } finally {
    await handle.close();
  }
  return { values, unreadableLines };
}

/** A JSON object, or undefined for anything else. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
