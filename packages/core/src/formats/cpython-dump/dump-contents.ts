import { EdgeFlag } from '../../graph/edge-flags.ts';
import { EdgeKind, edgeLabel } from '../../graph/edge-label.ts';
import { GrowingUint32 } from '../../graph/growing-column.ts';
import { InternedNames } from '../../graph/name-table.ts';
import { NO_NODE, type AddressIndex } from './address-index.ts';
import { NO_SITE } from './allocation-sites.ts';
import { BlockKind, type Block } from './block-reader.ts';
import type { ScatteredReferences } from './breadth-first-numbers.ts';
import type { DumpSurvey } from './dump-survey.ts';
import { EdgeNamer } from './edge-namer.ts';
import { FurtherReferences } from './further-references.ts';
import { ObjectColumns } from './object-columns.ts';
import { MalformedBlock, PayloadReader, sum } from './payload-reader.ts';
import { LabelMode } from './raw-dump.ts';
import { ReferenceColumns, type PlainLabels } from './reference-columns.ts';
import { SuspendedColumn } from './suspended-column.ts';
import { TextColumn } from './text-column.ts';
import { ValueColumn } from './value-column.ts';

/** Label kinds as the file numbers them. A key that is only a name has no object: it is written like an attribute. */
const KIND_BY_NUMBER: readonly EdgeKind[] = [
  EdgeKind.internal,
  EdgeKind.attribute,
  EdgeKind.attribute,
  EdgeKind.cell,
  EdgeKind.local,
  EdgeKind.slot,
  EdgeKind.type,
  EdgeKind.internal,
];

/** Everything that a dump says in terms of objects, with nodes in place of addresses, as the blocks give it. */
export class DumpContents {
  readonly names = new InternedNames();
  readonly labels: PlainLabels = {
    unnamed: edgeLabel(EdgeKind.internal, this.names.intern('')),
    type: edgeLabel(EdgeKind.type, this.names.intern('__class__')),
    tableKey: edgeLabel(EdgeKind.internal, this.names.intern('<key>')),
  };
  readonly objects: ObjectColumns;
  readonly references: ReferenceColumns;
  readonly further = new FurtherReferences();
  readonly texts = new TextColumn();
  readonly values = new ValueColumn();
  readonly suspended = new SuspendedColumn();
  readonly weak = { source: new GrowingUint32(16), target: new GrowingUint32(16) };
  /** Node of each type, or NO_NODE. */
  readonly typeNode: Uint32Array;
  /** Site of each node, or NO_SITE; empty where no allocation was traced. */
  siteOf = new Uint32Array();
  readonly #survey: DumpSurvey;
  readonly #index: AddressIndex;
  readonly #namer: EdgeNamer;
  /** Id in `names` of each name of the file. */
  readonly #nameId: Uint32Array;
  /** LABELS blocks that came before the objects whose references they name. */
  readonly #early: Uint8Array[] = [];
  // Nodes of the block that is being read.
  #nodes = new Uint32Array();
  #targets = new Uint32Array();
  #room = new Uint32Array();

  constructor(survey: DumpSurvey, index: AddressIndex) {
    this.#survey = survey;
    this.#index = index;
    this.objects = new ObjectColumns(index.nodeCount);
    this.references = new ReferenceColumns(index.nodeCount, survey.referenceCount, this.labels);
    this.#namer = new EdgeNamer(this.references, this.labels);
    this.typeNode = Uint32Array.from(survey.types, (type) => index.nodeAt(type.address) ?? NO_NODE);
    this.#nameId = Uint32Array.from(survey.names, (name) => this.names.intern(name));
  }

  take({ kind, payload }: Block): void {
    const reader = new PayloadReader(payload);
    switch (kind) {
      case BlockKind.atoms:
        this.#takeObjects(reader, reader.u32(), reader.u32());
        break;
      case BlockKind.edges:
        this.#takeEdges(reader);
        break;
      case BlockKind.pairs:
        this.#takePairs(reader);
        break;
      case BlockKind.labels:
        this.#takeLabels(reader, payload);
        break;
      case BlockKind.text: {
        const count = reader.u32();
        this.texts.take(this.#nodesOf(reader, count), count, reader);
        break;
      }
      case BlockKind.values: {
        const valueKind = reader.u32();
        const count = reader.u32();
        this.values.take(this.#nodesOf(reader, count), count, valueKind, reader.f64s(count));
        break;
      }
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

  /** After the last block. */
  finish(): void {
    for (const payload of this.#early) this.#takeLabels(new PayloadReader(payload), undefined);
    this.#early.length = 0;
  }

  /** All references; their targets and names are no longer here then, so that they go when whoever has them lets them go. */
  handOverReferences(): ScatteredReferences {
    const { references } = this;
    const further = this.further.sorted(this.#index.nodeCount);
    const { start, end } = references;
    return { start, end, ...references.handOver(), further, count: references.count + this.further.length };
  }

  /** Columns that all blocks of objects have. */
  #takeObjects(reader: PayloadReader, type: number, count: number): void {
    if (type >= this.typeNode.length) throw new MalformedBlock(`type ${type} of ${this.typeNode.length}`);
    this.#nodesOf(reader, count);
    const sizes = reader.u32s(count);
    const refs = reader.u32s(count);
    this.objects.take(this.#nodes, count, type, reader.words, sizes, refs);
    if (this.#survey.types[type].impliedTypeReference === true) this.#addImpliedType(count, this.typeNode[type]);
  }

  #takeEdges(reader: PayloadReader): void {
    const type = reader.u32();
    const count = reader.u32();
    const labelling = reader.u32();
    this.#takeObjects(reader, type, count);
    const counts = reader.u32s(count);
    const total = this.#checkRoom(sum(reader.words, counts, count));
    const { references } = this;
    this.#index.nodesAt(reader.words, reader.u64s(total), total, references.target, references.length);
    references.takeLists(this.#nodes, count, reader.words, counts, labelling, this.typeNode[type]);
  }

  #takePairs(reader: PayloadReader): void {
    const type = reader.u32();
    const count = reader.u32();
    const areBorrowed = (reader.u32() & 1) !== 0;
    this.#takeObjects(reader, type, count);
    const counts = reader.u32s(count);
    const total = sum(reader.words, counts, count);
    this.#checkRoom(total * 2);
    this.#targets = roomFor(this.#targets, total);
    this.#room = roomFor(this.#room, total);
    this.#index.nodesAt(reader.words, reader.u64s(total), total, this.#targets);
    this.#index.nodesAt(reader.words, reader.u64s(total), total, this.#room);
    this.references.takeTables(this.#nodes, count, reader.words, counts, this.#targets, this.#room, areBorrowed);
  }

  /** `payload` is given when the block may still wait for its objects. */
  #takeLabels(reader: PayloadReader, payload: Uint8Array | undefined): void {
    const { words } = reader;
    const kind = reader.u32();
    const mode = reader.u32();
    const count = reader.u32();
    if (kind < 1 || kind > 7 || mode > LabelMode.borrowed) throw new MalformedBlock(`label kind ${kind}, mode ${mode}`);
    const owners = this.#nodesOf(reader, count);
    const counts = reader.u32s(count);
    const total = sum(words, counts, count);
    const labels = this.#labelsOf(KIND_BY_NUMBER[kind], words, reader.u32s(total), total);
    this.#targets = roomFor(this.#targets, total);
    this.#index.nodesAt(words, reader.u64s(total), total, this.#targets);
    reader.end();
    if (mode !== LabelMode.existing) this.#addFurther(owners, count, words, counts, labels, mode === LabelMode.borrowed);
    else if (payload === undefined || this.objects.haveAll(owners, count))
      this.#namer.name(owners, count, words, counts, this.#targets, labels);
    else this.#early.push(payload.slice());
  }

  #labelsOf(kind: EdgeKind, words: Uint32Array, ids: number, count: number): Uint32Array {
    const nameId = this.#nameId;
    const plain = edgeLabel(kind, 0);
    const labels = (this.#room = roomFor(this.#room, count));
    for (let i = 0; i < count; i++) {
      const id = words[ids + i];
      if (id >= nameId.length) throw new MalformedBlock(`name ${id} of ${nameId.length}`);
      labels[i] = plain + nameId[id];
    }
    return labels;
  }

  #addFurther(owners: Uint32Array, count: number, words: Uint32Array, counts: number, labels: Uint32Array, areBorrowed: boolean): void {
    const { counted } = this.references;
    let i = 0;
    for (let o = 0; o < count; o++) {
      for (const end = i + words[counts + o]; i < end; i++) {
        const target = this.#targets[i];
        if (owners[o] === NO_NODE || target === NO_NODE) {
          this.references.dangling++;
          continue;
        }
        if (!areBorrowed) counted[target]++;
        this.further.add(owners[o], target, labels[i], areBorrowed ? EdgeFlag.holdsNothing : 0);
      }
    }
  }

  #takeWeak(reader: PayloadReader): void {
    const count = reader.u32();
    const from = this.#nodesOf(reader, count);
    this.#targets = roomFor(this.#targets, count);
    this.#index.nodesAt(reader.words, reader.u64s(count), count, this.#targets);
    for (let i = 0; i < count; i++) {
      if (from[i] === NO_NODE || this.#targets[i] === NO_NODE) continue;
      this.weak.source.push(from[i]);
      this.weak.target.push(this.#targets[i]);
    }
  }

  #takeSited(reader: PayloadReader): void {
    const count = reader.u32();
    const nodes = this.#nodesOf(reader, count);
    const sites = reader.u32s(count);
    if (this.siteOf.length === 0) this.siteOf = new Uint32Array(this.#index.nodeCount).fill(NO_SITE);
    for (let i = 0; i < count; i++) {
      const site = reader.words[sites + i];
      if (site >= this.#survey.sites.length) throw new MalformedBlock(`site ${site} of ${this.#survey.sites.length}`);
      if (nodes[i] !== NO_NODE) this.siteOf[nodes[i]] = site;
    }
  }

  #takeSuspended(reader: PayloadReader): void {
    const { words } = reader;
    const count = reader.u32();
    const nodes = this.#nodesOf(reader, count).slice(0, count);
    const codes = this.#nodesOf(reader, count).slice(0, count);
    const lines = reader.u32s(count);
    const states = reader.u32s(count);
    const awaited = this.#nodesOf(reader, count);
    for (let i = 0; i < count; i++)
      if (nodes[i] !== NO_NODE) this.suspended.add(nodes[i], codes[i], words[lines + i], words[states + i], awaited[i]);
  }

  /** Instances hold their class even where no traversal of theirs shows it. */
  #addImpliedType(count: number, typeNode: number): void {
    if (typeNode === NO_NODE) return;
    for (let i = 0; i < count; i++) {
      if (this.#nodes[i] === NO_NODE) continue;
      this.references.counted[typeNode]++;
      this.further.add(this.#nodes[i], typeNode, this.labels.type, 0);
    }
  }

  /** Nodes of the next column of addresses, good until the next call. */
  #nodesOf(reader: PayloadReader, count: number): Uint32Array {
    const addresses = reader.u64s(count);
    this.#nodes = roomFor(this.#nodes, count);
    this.#index.nodesAt(reader.words, addresses, count, this.#nodes);
    return this.#nodes;
  }

  /** The survey has counted all references; more of them would be of another file. */
  #checkRoom(count: number): number {
    if (this.references.length + count > this.references.target.length) throw new MalformedBlock('more references than at the first look');
    return count;
  }
}

function roomFor(room: Uint32Array<ArrayBuffer>, count: number): Uint32Array<ArrayBuffer> {
  return room.length >= count ? room : new Uint32Array(count + (count >>> 1));
}
