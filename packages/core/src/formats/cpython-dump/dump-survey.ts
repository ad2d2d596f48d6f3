import type { ByteSource } from '../byte-source.ts';
import type { Progress } from '../../graph/progress.ts';
import { BlockKind, BlockReader, type Block, type Damage, type Inflate } from './block-reader.ts';
import { HeapDumpError } from './dump-error.ts';
import { isArrayOf, isBound, isCode, isEnd, isHead, isRoot, isSites, isString, isType } from './json-shapes.ts';
import { KeptPayloads } from './kept-payloads.ts';
import { ObjectAddresses } from './object-addresses.ts';
import { MalformedBlock, parseJson, PayloadReader, sum } from './payload-reader.ts';
import type { DumpHead, RawBound, RawCode, RawEnd, RawFrame, RawRoot, RawType } from './raw-dump.ts';

/** What a first look at a dump tells: everything that is small, where all objects are, and how many references they have. */
export interface DumpSurvey {
  readonly head: DumpHead;
  /** Undefined for a dump that was cut off. */
  readonly end: RawEnd | undefined;
  /** Why reading stopped before END; undefined for a whole file. */
  readonly damage: Damage | undefined;
  readonly types: readonly RawType[];
  readonly names: readonly string[];
  readonly code: readonly RawCode[];
  readonly roots: readonly RawRoot[];
  readonly bounds: readonly RawBound[];
  readonly frames: readonly RawFrame[];
  /** Indices into `frames`, innermost first. */
  readonly sites: readonly (readonly number[])[];
  readonly addresses: ObjectAddresses;
  /** References that stand in EDGES and PAIRS blocks. */
  readonly referenceCount: number;
  /** What the second pass need not decode again. */
  readonly kept: KeptPayloads;
}

const { head, type, atoms, edges, pairs, name, code, roots, sites, bounds, end } = BlockKind;
const KINDS: ReadonlySet<number> = new Set([head, type, atoms, edges, pairs, name, code, roots, sites, bounds, end]);
const KINDS_TO_KEEP: ReadonlySet<number> = new Set([atoms, edges, pairs]);

/**
 * The first of two passes over a dump. Columns that are in terms of other objects are left to the second, when it is known
 * where these are. `known` damage, found by a second pass, ends the dump where it is. Damage ends the reading and is noted;
 * only a file that is no dump at all throws.
 */
export function surveyDump(source: ByteSource, inflate: Inflate, progress: Progress, known?: Damage): DumpSurvey {
  const survey = new Survey();
  const { kept } = survey;
  const blocks = new BlockReader({ source, inflate, kinds: KINDS, isChecked: false, kept, damage: known, step: 'reading', progress });
  for (let block = blocks.next(); block !== undefined && survey.damage === undefined; block = blocks.next()) {
    try {
      survey.take(block);
    } catch (error) {
      survey.damage = damageOf(error, block);
    }
  }
  survey.damage ??= blocks.damage;
  if (!survey.hasHead()) {
    throw new HeapDumpError(
      'HEAPTRAIL_DUMP_EMPTY',
      `the heap dump holds no readable block (${survey.damage?.text ?? 'no HEAD'}): it was cut off as it began; take another`,
    );
  }
  return survey;
}

/** What a block that contradicts itself means for the dump; any other error is thrown again. */
export function damageOf(error: unknown, { offset }: Block): Damage {
  if (!(error instanceof MalformedBlock)) throw error;
  return { offset, text: `the block at byte ${offset} contradicts itself: ${error.message}` };
}

class Survey {
  head: DumpHead | undefined;
  end: RawEnd | undefined;
  damage: Damage | undefined;
  readonly types: RawType[] = [];
  readonly names: string[] = [];
  readonly code: RawCode[] = [];
  readonly roots: RawRoot[] = [];
  readonly bounds: RawBound[] = [];
  readonly frames: RawFrame[] = [];
  readonly sites: (readonly number[])[] = [];
  readonly addresses = new ObjectAddresses();
  readonly kept = new KeptPayloads(KINDS_TO_KEEP);
  referenceCount = 0;

  hasHead(): this is { head: DumpHead } {
    return this.head !== undefined;
  }

  take({ kind, payload, isKept }: Block): void {
    if (this.head === undefined && kind !== head) throw new MalformedBlock('HEAD expected first');
    switch (kind) {
      case head:
        this.head = parseJson(payload, isHead);
        break;
      case type:
        this.#takeTypes(parseJson(payload, isArrayOf(isType)));
        break;
      case atoms:
        this.#takeObjects(new PayloadReader(payload), 0, isKept);
        break;
      case edges:
        this.#takeObjects(new PayloadReader(payload), 1, isKept);
        break;
      case pairs:
        this.#takeObjects(new PayloadReader(payload), 2, isKept);
        break;
      case name:
        for (const each of parseJson(payload, isArrayOf(isString))) this.names.push(each);
        break;
      case code:
        for (const each of parseJson(payload, isArrayOf(isCode))) this.code.push(each);
        break;
      case roots:
        for (const each of parseJson(payload, isArrayOf(isRoot))) this.roots.push(each);
        break;
      case sites:
        this.#takeSites(payload);
        break;
      case bounds:
        for (const each of parseJson(payload, isArrayOf(isBound))) this.bounds.push(each);
        break;
      case end:
        this.end = parseJson(payload, isEnd);
        break;
      default:
        break; // of the second pass, or a kind of a later writer: nothing that is needed here
    }
  }

  #takeTypes(fresh: readonly RawType[]): void {
    for (const each of fresh) {
      if (each.index !== this.types.length) throw new MalformedBlock(`type ${each.index} where ${this.types.length} comes next`);
      this.types.push(each);
    }
  }

  /** `perEntry`: references for each that `count` announces, 0 where there is no such column. */
  #takeObjects(reader: PayloadReader, perEntry: 0 | 1 | 2, isKept: boolean): void {
    const { words } = reader;
    const objectType = reader.u32();
    const count = reader.u32();
    if (perEntry > 0) reader.u32();
    if (objectType >= this.types.length) throw new MalformedBlock(`type ${objectType} of ${this.types.length}`);
    const addresses = reader.u64s(count);
    reader.u32s(count);
    reader.u32s(count);
    const references = perEntry === 0 ? 0 : perEntry * sum(words, reader.u32s(count), count);
    reader.u64s(references);
    reader.end();
    if (!this.addresses.append(words.subarray(addresses, addresses + count * 2), isKept))
      throw new MalformedBlock('an address of 2^53 or more');
    this.referenceCount += references;
  }

  #takeSites(payload: Uint8Array): void {
    const fresh = parseJson(payload, isSites);
    for (const frame of fresh.frames) this.frames.push(frame);
    for (const site of fresh.sites) {
      for (const frame of site) if (!(frame < this.frames.length)) throw new MalformedBlock(`frame ${frame} of ${this.frames.length}`);
      this.sites.push(site);
    }
  }
}
