import { BlockKind, readBlocks, type Block, type Inflate } from './block-reader.ts';
import { HeapDumpError } from './dump-error.ts';
import { MalformedBlock, parseJson, PayloadReader, sum } from './payload-reader.ts';
import { RawDump, type DumpHead, type RawBound, type RawCode, type RawEnd, type RawRoot, type RawType } from './raw-dump.ts';

/** Reads a dump file block by block. Damage ends the reading and is noted; only a file that is no dump at all throws. */
export function readRawDump(file: Uint8Array, inflate: Inflate): RawDump {
  const dump = new RawDump();
  const blocks = readBlocks(file, inflate);
  for (;;) {
    const next = blocks.next();
    if (next.done === true) {
      dump.damage = next.value;
      break;
    }
    try {
      takeBlock(dump, next.value);
    } catch (error) {
      if (!(error instanceof MalformedBlock)) throw error;
      dump.damage = `the block at byte ${next.value.offset} contradicts itself: ${error.message}`;
      break;
    }
  }
  if (dump.head === undefined) {
    throw new HeapDumpError(
      'HEAPTRAIL_DUMP_EMPTY',
      `the heap dump holds no readable block (${dump.damage ?? 'no HEAD'}): it was cut off as it began; take another`,
    );
  }
  return dump;
}

function takeBlock(dump: RawDump, block: Block): void {
  if (dump.head === undefined && block.kind !== BlockKind.head) throw new MalformedBlock('HEAD expected first');
  switch (block.kind) {
    case BlockKind.head:
      dump.head = parseJson(block.payload, isHead);
      break;
    case BlockKind.type:
      takeTypes(dump, parseJson(block.payload, isArrayOf(isType)));
      break;
    case BlockKind.text:
      takeTexts(dump, new PayloadReader(block.payload));
      break;
    case BlockKind.atoms:
      takeObjects(dump, new PayloadReader(block.payload), 'atoms');
      break;
    case BlockKind.edges:
      takeObjects(dump, new PayloadReader(block.payload), 'edges');
      break;
    case BlockKind.pairs:
      takeObjects(dump, new PayloadReader(block.payload), 'pairs');
      break;
    case BlockKind.name:
      for (const name of parseJson(block.payload, isArrayOf(isString))) dump.names.push(name);
      break;
    case BlockKind.labels:
      takeLabels(dump, new PayloadReader(block.payload));
      break;
    case BlockKind.values:
      takeValues(dump, new PayloadReader(block.payload));
      break;
    case BlockKind.code:
      for (const code of parseJson(block.payload, isArrayOf(isCode))) dump.code.push(code);
      break;
    case BlockKind.roots:
      for (const root of parseJson(block.payload, isArrayOf(isRoot))) dump.roots.push(root);
      break;
    case BlockKind.weak:
      takeWeak(dump, new PayloadReader(block.payload));
      break;
    case BlockKind.sites:
      takeSites(dump, block.payload);
      break;
    case BlockKind.sited:
      takeSited(dump, new PayloadReader(block.payload));
      break;
    case BlockKind.bounds:
      for (const bound of parseJson(block.payload, isArrayOf(isBound))) dump.bounds.push(bound);
      break;
    case BlockKind.end:
      dump.end = parseJson(block.payload, isEnd);
      break;
    default:
      break; // a kind of a later writer: nothing that is needed here
  }
}

function takeTypes(dump: RawDump, types: readonly RawType[]): void {
  for (const type of types) {
    if (type.index !== dump.types.length) throw new MalformedBlock(`type ${type.index} where ${dump.types.length} comes next`);
    dump.types.push(type);
  }
}

function takeObjects(dump: RawDump, reader: PayloadReader, form: 'atoms' | 'edges' | 'pairs'): void {
  const type = reader.u32();
  const count = reader.u32();
  const flags = form === 'atoms' ? 0 : reader.u32();
  if (type >= dump.types.length) throw new MalformedBlock(`type ${type} of ${dump.types.length}`);
  const addresses = reader.addresses(count);
  const sizes = reader.u32s(count);
  const refs = reader.u32s(count);
  const firstNode = dump.addresses.length;
  if (form === 'edges') {
    const counts = reader.u32s(count);
    const targets = reader.addresses(sum(counts));
    reader.end();
    dump.edges.push({ firstNode, labelling: flags, counts, targets });
  } else if (form === 'pairs') {
    const counts = reader.u32s(count);
    const total = sum(counts);
    const keys = reader.addresses(total);
    const values = reader.addresses(total);
    reader.end();
    dump.pairs.push({ firstNode, borrowed: (flags & 1) !== 0, counts, keys, values });
  } else {
    reader.end();
  }
  dump.typeOf.append(new Uint32Array(count).fill(type));
  dump.addresses.append(addresses);
  dump.sizes.append(sizes);
  dump.refs.append(refs);
}

function takeTexts(dump: RawDump, reader: PayloadReader): void {
  const count = reader.u32();
  const texts = { addresses: reader.addresses(count), hashes: reader.u32s(count), lengths: reader.u16s(count), bytes: reader.rest() };
  let length = 0;
  for (const each of texts.lengths) if (each !== 0xffff) length += each;
  if (length !== texts.bytes.length) throw new MalformedBlock(`${texts.bytes.length} bytes of text where ${length} are announced`);
  dump.texts.push(texts);
}

function takeLabels(dump: RawDump, reader: PayloadReader): void {
  const kind = reader.u32();
  const mode = reader.u32();
  const count = reader.u32();
  if (kind < 1 || kind > 7 || mode > 2) throw new MalformedBlock(`label kind ${kind}, mode ${mode}`);
  const owners = reader.addresses(count);
  const counts = reader.u32s(count);
  const total = sum(counts);
  const nameIds = reader.u32s(total);
  const targets = reader.addresses(total);
  reader.end();
  for (const id of nameIds) if (id >= dump.names.length) throw new MalformedBlock(`name ${id} of ${dump.names.length}`);
  dump.labels.push({ kind, mode, owners, counts, nameIds, targets });
}

function takeValues(dump: RawDump, reader: PayloadReader): void {
  const kind = reader.u32();
  const count = reader.u32();
  dump.values.push({ kind, addresses: reader.addresses(count), values: reader.f64s(count) });
  reader.end();
}

function takeWeak(dump: RawDump, reader: PayloadReader): void {
  const count = reader.u32();
  dump.weak.push({ from: reader.addresses(count), to: reader.addresses(count) });
  reader.end();
}

function takeSites(dump: RawDump, payload: Uint8Array): void {
  const { frames, sites } = parseJson(payload, isSites);
  for (const frame of frames) dump.siteFrames.push(frame);
  for (const site of sites) {
    for (const frame of site)
      if (!(frame < dump.siteFrames.length)) throw new MalformedBlock(`frame ${frame} of ${dump.siteFrames.length}`);
    dump.sites.push(site);
  }
}

function takeSited(dump: RawDump, reader: PayloadReader): void {
  const count = reader.u32();
  const sited = { addresses: reader.addresses(count), sites: reader.u32s(count) };
  reader.end();
  for (const site of sited.sites) if (site >= dump.sites.length) throw new MalformedBlock(`site ${site} of ${dump.sites.length}`);
  dump.sited.push(sited);
}

// Shapes. Only what the loader relies on is checked; what it does not use may differ.

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isArrayOf<T>(isItem: (value: unknown) => value is T): (value: unknown) => value is readonly T[] {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(isItem);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function isHead(value: unknown): value is DumpHead {
  return (
    isString(field(field(value, 'runtime'), 'version')) &&
    isCount(field(value, 'sequence')) &&
    typeof field(value, 'takenAtMs') === 'number'
  );
}

function isType(value: unknown): value is RawType {
  return (
    isCount(field(value, 'index')) && isCount(field(value, 'address')) && isString(field(value, 'module')) && isString(field(value, 'name'))
  );
}

function isCode(value: unknown): value is RawCode {
  return (
    Array.isArray(value) &&
    isCount(value[0]) &&
    isString(value[1]) &&
    isCount(value[2]) &&
    isCount(value[3]) &&
    isString(value[4]) &&
    isArrayOf(isString)(value[5])
  );
}

function isBound(value: unknown): value is RawBound {
  return Array.isArray(value) && isCount(value[0]) && isString(value[1]) && isCount(value[2]);
}

function isEnd(value: unknown): value is RawEnd {
  return isCount(field(value, 'objects')) && typeof field(value, 'complete') === 'boolean';
}

function isRoot(value: unknown): value is RawRoot {
  if (field(value, 'kind') !== 'frame')
    return isString(field(value, 'kind')) && isString(field(value, 'name')) && isCount(field(value, 'address'));
  return (
    isString(field(value, 'function')) &&
    isString(field(value, 'file')) &&
    isCount(field(value, 'line')) &&
    isString(field(value, 'thread')) &&
    isArrayOf(isLocal)(field(value, 'locals'))
  );
}

function isLocal(value: unknown): value is readonly [string, number] {
  return Array.isArray(value) && isString(value[0]) && isCount(value[1]);
}

function isFrame(value: unknown): value is readonly [string, number] {
  return Array.isArray(value) && isString(value[0]) && isCount(value[1]);
}

function isSites(value: unknown): value is { frames: readonly (readonly [string, number])[]; sites: readonly (readonly number[])[] } {
  return isArrayOf(isFrame)(field(value, 'frames')) && isArrayOf(isArrayOf(isCount))(field(value, 'sites'));
}
