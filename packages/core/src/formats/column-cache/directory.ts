import { keyText, type CacheKey } from './cache-key.ts';
import { bytesPerEntry, isColumnKind, type ColumnKind } from './column.ts';
import { HEAD_BYTES } from './cache-head.ts';

/** Where one column lies in the file. */
export interface Entry {
  readonly name: string;
  readonly kind: ColumnKind;
  /** In entries of the kind. */
  readonly length: number;
  /** In bytes from the beginning of the file. */
  readonly position: number;
  readonly checksum: number;
}

export function encodeDirectory(key: CacheKey, entries: readonly Entry[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ key: keyText(key), entries }));
}

/** The columns of a cache of this key, by name; undefined for another key, or when an entry lies outside the columns. */
export function decodeDirectory(bytes: Uint8Array, key: CacheKey, columnsEnd: number): ReadonlyMap<string, Entry> | undefined {
  let found: unknown;
  try {
    found = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
  const { key: foundKey, entries } = (found ?? {}) as { key?: unknown; entries?: unknown };
  if (foundKey !== keyText(key) || !Array.isArray(entries)) return undefined;
  const entryByName = new Map<string, Entry>();
  for (const entry of entries as unknown[]) {
    if (!isEntry(entry) || entry.position + entry.length * bytesPerEntry(entry.kind) > columnsEnd) return undefined;
    entryByName.set(entry.name, entry);
  }
  return entryByName;
}

function isEntry(value: unknown): value is Entry {
  const { name, kind, length, position, checksum } = (value ?? {}) as Partial<Record<keyof Entry, unknown>>;
  return (
    typeof name === 'string' && isColumnKind(kind) && isCount(length) && isCount(position) && position >= HEAD_BYTES && isCount(checksum)
  );
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
