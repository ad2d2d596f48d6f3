import { EdgeFlag } from '../../graph/edge-flags.ts';
import { EdgeKind, edgeLabel } from '../../graph/edge-label.ts';
import { InternedNames } from '../../graph/name-table.ts';
import { NO_NODE, type AddressIndex } from './address-index.ts';
import { BlockKind, type Block } from './block-reader.ts';
import type { ScatteredReferences } from './breadth-first-numbers.ts';
import type { DumpSurvey } from './dump-survey.ts';
import { EdgeNamer } from './edge-namer.ts';
import { FurtherReferences } from './further-references.ts';
import { NodeRoom, roomFor } from './node-room.ts';
import { ObjectColumns } from './object-columns.ts';
import { ObjectFacts } from './object-facts.ts';
import { MalformedBlock, PayloadReader, sum } from './payload-reader.ts';
import { LabelMode } from './raw-dump.ts';
import { ReferenceColumns, type PlainLabels } from './reference-columns.ts';

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
  readonly facts: ObjectFacts;
  /** Node of each type, or NO_NODE. */
  readonly typeNode: Uint32Array;
  readonly #survey: DumpSurvey;
  readonly #index: AddressIndex;
  readonly #namer: EdgeNamer;
  /** Id in `names` of each name of the file. */
  readonly #nameId: Uint32Array;
  /** LABELS blocks that came before the objects whose references they name. */
  readonly #early: Uint8Array[] = [];
  // Of the block that is being read: its objects or owners, two columns of targets, labels.
  readonly #nodes: NodeRoom;
  readonly #targets: NodeRoom;
  readonly #moreTargets: NodeRoom;
  #labelRoom = new Uint32Array();

  constructor(survey: DumpSurvey, index: AddressIndex) {
    this.#survey = survey;
    this.#index = index;
    this.#nodes = new NodeRoom(index);
    this.#targets = new NodeRoom(index);
    this.#moreTargets = new NodeRoom(index);
    this.facts = new ObjectFacts(index, survey.sites.length);
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
      default:
        this.facts.take(kind, reader);
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

  /** Columns that all blocks of objects have; returns the nodes, NO_NODE for an object that came before. */
  #takeObjects(reader: PayloadReader, type: number, count: number): Uint32Array {
    if (type >= this.typeNode.length) throw new MalformedBlock(`type ${type} of ${this.typeNode.length}`);
    const nodes = this.#nodes.read(reader, count);
    const sizes = reader.u32s(count);
    const refs = reader.u32s(count);
    this.objects.take(nodes, count, type, reader.words, sizes, refs);
    if (this.#survey.types[type].impliedTypeReference === true) this.#addImpliedType(nodes, count, this.typeNode[type]);
    return nodes;
  }

  #takeEdges(reader: PayloadReader): void {
    const type = reader.u32();
    const count = reader.u32();
    const labelling = reader.u32();
    const nodes = this.#takeObjects(reader, type, count);
    const counts = reader.u32s(count);
    const total = this.#checkRoom(sum(reader.words, counts, count));
    const { references } = this;
    this.#index.nodesAt(reader.words, reader.u64s(total), total, references.target, references.length);
    references.takeLists(nodes, count, reader.words, counts, labelling, this.typeNode[type]);
  }

  #takePairs(reader: PayloadReader): void {
    const type = reader.u32();
    const count = reader.u32();
    const areBorrowed = (reader.u32() & 1) !== 0;
    const nodes = this.#takeObjects(reader, type, count);
    const counts = reader.u32s(count);
    const total = sum(reader.words, counts, count);
    this.#checkRoom(total * 2);
    const keys = this.#targets.read(reader, total);
    const values = this.#moreTargets.read(reader, total);
    this.references.takeTables(nodes, count, reader.words, counts, keys, values, areBorrowed);
  }

  /** `payload` is given when the block may still wait for its objects. */
  #takeLabels(reader: PayloadReader, payload: Uint8Array | undefined): void {
    const { words } = reader;
    const kind = reader.u32();
    const mode = reader.u32();
    const count = reader.u32();
    if (kind < 1 || kind > 7 || mode > LabelMode.borrowed) throw new MalformedBlock(`label kind ${kind}, mode ${mode}`);
    const owners = this.#nodes.read(reader, count);
    const counts = reader.u32s(count);
    const total = sum(words, counts, count);
    const labels = this.#labelsOf(KIND_BY_NUMBER[kind], words, reader.u32s(total), total);
    const targets = this.#targets.read(reader, total);
    reader.end();
    if (mode !== LabelMode.existing) this.#addFurther(owners, count, words, counts, targets, labels, mode === LabelMode.borrowed);
    else if (payload === undefined || this.objects.haveAll(owners, count)) this.#namer.name(owners, count, words, counts, targets, labels);
    else this.#early.push(payload.slice());
  }

  #labelsOf(kind: EdgeKind, words: Uint32Array, ids: number, count: number): Uint32Array {
    const nameId = this.#nameId;
    const plain = edgeLabel(kind, 0);
    const labels = (this.#labelRoom = roomFor(this.#labelRoom, count));
    for (let i = 0; i < count; i++) {
      const id = words[ids + i];
      if (id >= nameId.length) throw new MalformedBlock(`name ${id} of ${nameId.length}`);
      labels[i] = plain + nameId[id];
    }
    return labels;
  }

  #addFurther(
    owners: Uint32Array,
    count: number,
    words: Uint32Array,
    counts: number,
    targets: Uint32Array,
    labels: Uint32Array,
    areBorrowed: boolean,
  ): void {
    const { counted } = this.references;
    let i = 0;
    for (let o = 0; o < count; o++) {
      for (const end = i + words[counts + o]; i < end; i++) {
        const target = targets[i];
        if (owners[o] === NO_NODE || target === NO_NODE) {
          this.references.dangling++;
          continue;
        }
        if (!areBorrowed) counted[target]++;
        this.further.add(owners[o], target, labels[i], areBorrowed ? EdgeFlag.holdsNothing : 0);
      }
    }
  }

  /** Instances hold their class even where no traversal of theirs shows it. */
  #addImpliedType(nodes: Uint32Array, count: number, typeNode: number): void {
    if (typeNode === NO_NODE) return;
    for (let i = 0; i < count; i++) {
      if (nodes[i] === NO_NODE) continue;
      this.references.counted[typeNode]++;
      this.further.add(nodes[i], typeNode, this.labels.type, 0);
    }
  }

  /** The survey has counted all references; more of them would be of another file. */
  #checkRoom(count: number): number {
    if (this.references.length + count > this.references.target.length) throw new MalformedBlock('more references than at the first look');
    return count;
  }
}
