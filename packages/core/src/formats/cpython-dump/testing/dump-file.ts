import { inflateSync } from 'node:zlib';
import { crc32 } from '../crc32.ts';

/** Blocks and files of the dump format (`protocol/heap-dump.md`), for tests. */
export function block(kind: number, payload: Uint8Array, codec = 0, raw = payload.length): Uint8Array {
  const bytes = new Uint8Array(16 + payload.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = kind;
  bytes[1] = codec;
  view.setUint32(4, payload.length, true);
  view.setUint32(8, raw, true);
  view.setUint32(12, crc32(payload), true);
  bytes.set(payload, 16);
  return bytes;
}

export function dumpFile(blocks: readonly Uint8Array[]): Uint8Array {
  return joined(new TextEncoder().encode('HTHEAP1\n'), ...blocks);
}

export function json(kind: number, value: unknown): Uint8Array {
  return block(kind, new TextEncoder().encode(JSON.stringify(value)));
}

export function u32(...values: readonly number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(values).buffer);
}

export function u64(values: Iterable<number>): Uint8Array {
  return new Uint8Array(BigUint64Array.from(values, BigInt).buffer);
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

export function inflate(stored: Uint8Array, rawLength: number): Uint8Array {
  return inflateSync(stored, { maxOutputLength: Math.max(1, rawLength) });
}

export const HEAD = {
  writer: 'test',
  runtime: { name: 'cpython', version: '3.11.7', build: 'gil' },
  pid: 1,
  sequence: 1,
  takenAtMs: 1000,
  mode: 'forked-child',
  text: 'identifiers',
  tracing: null,
};

/** One object with a list of references, as an EDGES block of its own. */
export interface ListedObject {
  readonly address: number;
  readonly type?: number;
  readonly size?: number;
  readonly refs?: number;
  readonly labelling?: number;
  readonly targets: readonly number[];
}

export function edges({ address, type = 0, size = 16, refs = 1, labelling = 0, targets }: ListedObject): Uint8Array {
  return block(5, joined(u32(type, 1, labelling), u64([address]), u32(size, refs, targets.length), u64(targets)));
}

export function atoms(
  type: number,
  objects: readonly { readonly address: number; readonly size?: number; readonly refs?: number }[],
): Uint8Array {
  const column = (values: readonly number[]): Uint8Array => u32(...values);
  return block(
    4,
    joined(
      u32(type, objects.length),
      u64(objects.map(({ address }) => address)),
      column(objects.map(({ size = 16 }) => size)),
      column(objects.map(({ refs = 1 }) => refs)),
    ),
  );
}

export interface Table {
  readonly address: number;
  readonly type?: number;
  readonly refs?: number;
  readonly borrowed?: boolean;
  readonly pairs: readonly (readonly [number, number])[];
}

export function pairs({ address, type = 0, refs = 1, borrowed = false, pairs: entries }: Table): Uint8Array {
  const keys = entries.map(([key]) => key);
  const values = entries.map(([, value]) => value);
  return block(6, joined(u32(type, 1, Number(borrowed)), u64([address]), u32(64, refs, entries.length), u64(keys), u64(values)));
}

/** Names for references of one owner. */
export function labels(
  kind: number,
  mode: number,
  owner: number,
  named: readonly (readonly [nameId: number, target: number])[],
): Uint8Array {
  const ids = named.map(([id]) => id);
  const targets = named.map(([, target]) => target);
  return block(8, joined(u32(kind, mode, 1), u64([owner]), u32(named.length, ...ids), u64(targets)));
}

export const END = json(16, { objects: 0, edges: 0, complete: true, skipped: {} });
