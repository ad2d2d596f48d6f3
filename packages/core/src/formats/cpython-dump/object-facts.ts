import { GrowingUint32 } from '../../graph/growing-column.ts';
import { NO_NODE, type AddressIndex } from './address-index.ts';
import { NO_SITE } from './allocation-sites.ts';
import { BlockKind } from './block-reader.ts';
import { NodeRoom } from './node-room.ts';
import { MalformedBlock, type PayloadReader } from './payload-reader.ts';
import { SuspendedColumn } from './suspended-column.ts';
import { TextColumn } from './text-column.ts';
import { ValueColumn } from './value-column.ts';

/** What a dump says of objects beside their references: of a few of them each. */
export class ObjectFacts {
  readonly texts = new TextColumn();
  readonly values = new ValueColumn();
  readonly suspended = new SuspendedColumn();
  readonly weak = { source: new GrowingUint32(16), target: new GrowingUint32(16) };
  /** Site of each node, or NO_SITE; empty where no allocation was traced. */
  siteOf = new Uint32Array();
  readonly #nodeCount: number;
  readonly #siteCount: number;
  readonly #nodes: NodeRoom;
  readonly #others: NodeRoom;
  readonly #awaited: NodeRoom;

  constructor(index: AddressIndex, siteCount: number) {
    this.#nodeCount = index.nodeCount;
    this.#siteCount = siteCount;
    this.#nodes = new NodeRoom(index);
    this.#others = new NodeRoom(index);
    this.#awaited = new NodeRoom(index);
  }

  /** Takes in a block of one of its kinds. */
  take(kind: number, reader: PayloadReader): void {
    switch (kind) {
      case BlockKind.text:
        this.#takeTexts(reader);
        break;
      case BlockKind.values:
        this.#takeValues(reader);
        break;
      case BlockKind.weak:
        this.#takeWeak(reader);
        break;
      case BlockKind.sited:
        this.#takeSited(reader);
        break;
      case BlockKind.suspended:
        this.#takeSuspended(reader);
        break;
      default:
        return;
    }
    reader.end();
  }

  #takeTexts(reader: PayloadReader): void {
    const count = reader.u32();
    this.texts.take(this.#nodes.read(reader, count), count, reader);
  }

  #takeValues(reader: PayloadReader): void {
    const kind = reader.u32();
    const count = reader.u32();
    this.values.take(this.#nodes.read(reader, count), count, kind, reader.f64s(count));
  }

  #takeWeak(reader: PayloadReader): void {
    const count = reader.u32();
    const from = this.#nodes.read(reader, count);
    const to = this.#others.read(reader, count);
    for (let i = 0; i < count; i++) {
      if (from[i] === NO_NODE || to[i] === NO_NODE) continue;
      this.weak.source.push(from[i]);
      this.weak.target.push(to[i]);
    }
  }

  #takeSited(reader: PayloadReader): void {
    const count = reader.u32();
    const nodes = this.#nodes.read(reader, count);
    const sites = reader.u32s(count);
    if (this.siteOf.length === 0) this.siteOf = new Uint32Array(this.#nodeCount).fill(NO_SITE);
    for (let i = 0; i < count; i++) {
      const site = reader.words[sites + i];
      if (site >= this.#siteCount) throw new MalformedBlock(`site ${site} of ${this.#siteCount}`);
      if (nodes[i] !== NO_NODE) this.siteOf[nodes[i]] = site;
    }
  }

  #takeSuspended(reader: PayloadReader): void {
    const { words } = reader;
    const count = reader.u32();
    const nodes = this.#nodes.read(reader, count);
    const codes = this.#others.read(reader, count);
    const lines = reader.u32s(count);
    const states = reader.u32s(count);
    const awaited = this.#awaited.read(reader, count);
    for (let i = 0; i < count; i++)
      if (nodes[i] !== NO_NODE) this.suspended.add(nodes[i], codes[i], words[lines + i], words[states + i], awaited[i]);
  }
}
