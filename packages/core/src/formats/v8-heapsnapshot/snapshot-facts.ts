import type { EdgeNames } from './edge-names.ts';
import { edgeTypeOf, EdgeType, viewNameOf } from './edge-types.ts';
import { known, UNKNOWN_NAME, type KnownName } from './known-names.ts';
import { kindsOf, NodeKind } from './node-kind.ts';
import type { NodeNames } from './node-names.ts';
import type { SnapshotColumns } from './snapshot-columns.ts';
import type { SnapshotNames } from './snapshot-names.ts';
import { isContextType, isPartOfV8, type V8Type } from './v8-types.ts';

const NOT_ASKED = -2;
const NO_POSITION = -1;
const PROTOTYPE = known('__proto__');
const HOLE = known('system / Hole');
const OBJECTS_ASKED = 1000;
const HOLES_REMEMBERED = 1000;

/** What the language reads of a snapshot beside the columns of its graph: names, in memory or read back. */
export class SnapshotFacts {
  readonly columns: SnapshotColumns;
  readonly nodeNames: NodeNames;
  readonly names: SnapshotNames;
  readonly #edgeNames: EdgeNames;
  readonly #kinds: Uint8Array;
  readonly #isContext: Uint8Array;
  readonly #isPartOfV8: Uint8Array;
  #slotBytes = 0;
  /** Of the parts of V8's that stood where an entry may be. */
  readonly #isHole = new Map<number, boolean>();
  /** Number that each string writes, once asked. */
  #positions: Int32Array | undefined;

  constructor(columns: SnapshotColumns, nodeNames: NodeNames, edgeNames: EdgeNames, names: SnapshotNames) {
    this.columns = columns;
    this.nodeNames = nodeNames;
    this.names = names;
    this.#edgeNames = edgeNames;
    this.#kinds = kindsOf(columns.types);
    this.#isContext = Uint8Array.from(columns.types, (type) => (isContextType(type) ? 1 : 0));
    this.#isPartOfV8 = Uint8Array.from(columns.types, (type) => (isPartOfV8(type) ? 1 : 0));
  }

  kindOf(node: number): NodeKind {
    return this.#kinds[this.columns.typeOf[node]] as NodeKind;
  }

  typeOf(node: number): V8Type {
    return this.columns.types[this.columns.typeOf[node]];
  }

  isPartOfV8(node: number): boolean {
    return this.#isPartOfV8[this.columns.typeOf[node]] === 1;
  }

  /** True for the variables of a function or block that closures share. */
  isContext(node: number): boolean {
    return this.#isContext[this.columns.typeOf[node]] === 1;
  }

  /** Number of the known name of an internal reference; UNKNOWN_NAME for other names and for other references. */
  internalName(edge: number): number {
    const flags = this.columns.edgeFlags[edge];
    if (edgeTypeOf(flags) !== EdgeType.internal) return UNKNOWN_NAME;
    const name = viewNameOf(flags);
    if (name !== UNKNOWN_NAME) return name;
    return this.columns.strings.knownNames[this.#edgeNames.at(edge)];
  }

  /** The same for weak references. */
  weakName(edge: number): number {
    if (edgeTypeOf(this.columns.edgeFlags[edge]) !== EdgeType.weak) return UNKNOWN_NAME;
    return this.columns.strings.knownNames[this.#edgeNames.at(edge)];
  }

  /** True for the reference to an object's prototype. */
  isPrototype(edge: number): boolean {
    if (edgeTypeOf(this.columns.edgeFlags[edge]) !== EdgeType.property) return false;
    return this.columns.strings.knownNames[this.#edgeNames.at(edge)] === PROTOTYPE;
  }

  /** True for what V8 puts where an entry was deleted: one of a few objects of its own. */
  isHole(node: number): boolean {
    if (!this.isPartOfV8(node)) return false;
    let isHole = this.#isHole.get(node);
    if (isHole === undefined) {
      if (this.#isHole.size >= HOLES_REMEMBERED) this.#isHole.clear();
      isHole = this.columns.strings.knownNames[this.nodeNames.index(node)] === HOLE;
      this.#isHole.set(node, isHole);
    }
    return isHole;
  }

  /** Bytes of a pointer in the heap: 4 where V8 compresses them, as Chromium does. Told by the sizes of some objects. */
  get slotBytes(): number {
    if (this.#slotBytes === 0) {
      this.#slotBytes = 8;
      let asked = 0;
      for (let node = 0; node < this.columns.nodeCount && asked < OBJECTS_ASKED && this.#slotBytes === 8; node++) {
        if (this.kindOf(node) !== NodeKind.object) continue;
        asked++;
        if (this.nodeNames.selfSize(node) % 8 === 4) this.#slotBytes = 4;
      }
    }
    return this.#slotBytes;
  }

  /** Place within a table that an internal reference has as its name; -1 for what has another name. */
  positionOf(edge: number): number {
    if (edgeTypeOf(this.columns.edgeFlags[edge]) !== EdgeType.internal) return NO_POSITION;
    const string = this.#edgeNames.at(edge);
    this.#positions ??= new Int32Array(this.columns.strings.count).fill(NOT_ASKED);
    let position = this.#positions[string];
    if (position === NOT_ASKED) {
      const text = this.columns.texts.beginning(string, 12);
      position = /^\d{1,9}$/.test(text) ? Number(text) : NO_POSITION;
      this.#positions[string] = position;
    }
    return position;
  }

  /** The name of a reference that has one; not for those by position. */
  edgeName(edge: number): string {
    return this.columns.texts.text(this.#edgeNames.at(edge));
  }

  /** The place of a hidden reference among the fields of its object. */
  slotOf(edge: number): number {
    return this.#edgeNames.at(edge);
  }

  /** What an object has at one of its properties; undefined where it has none of that name, or no object there. */
  propertyTarget(node: number, name: string): number | undefined {
    return this.#namedTarget(node, EdgeType.property, name);
  }

  /** The same for the variables of a scope. */
  variableTarget(context: number, name: string): number | undefined {
    return this.#namedTarget(context, EdgeType.context, name);
  }

  #namedTarget(node: number, type: EdgeType, name: string): number | undefined {
    const { firstEdge, edgeTarget, edgeFlags } = this.columns;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++)
      if (edgeTypeOf(edgeFlags[edge]) === type && this.edgeName(edge) === name) return edgeTarget[edge];
    return undefined;
  }

  /** What a node refers to by an internal reference of a known name. */
  internalTarget(node: number, name: KnownName): number | undefined {
    const { firstEdge, edgeTarget } = this.columns;
    const number = known(name);
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) if (this.internalName(edge) === number) return edgeTarget[edge];
    return undefined;
  }

  /** The scope that a reference of this name leads to; those before `from` are not looked at. */
  scopeAt(node: number, name: KnownName, from = 0): number | undefined {
    const { firstEdge, edgeTarget, edgeFlags } = this.columns;
    const number = known(name);
    for (let edge = Math.max(firstEdge[node], from); edge < firstEdge[node + 1]; edge++)
      if (viewNameOf(edgeFlags[edge]) === number && this.isContext(edgeTarget[edge])) return edgeTarget[edge];
    return undefined;
  }
}
