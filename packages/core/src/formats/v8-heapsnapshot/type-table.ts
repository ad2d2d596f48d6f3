import type { SnapshotHeader } from './snapshot-header.ts';
import type { SnapshotTexts } from './snapshot-texts.ts';
import { classNameOfNode, classNameOfNodeType, isNamedByNode, type V8Type } from './v8-types.ts';

/** Beyond so many classes the rest counts as one, so that a made-up file cannot fill the memory with names. */
const MOST_TYPES = 1 << 20;
const TOO_MANY = '(further classes)';

/** No type yet. */
export const NO_TYPE = -1;

/**
 * Numbers the types of a snapshot as its nodes are met. The type of most nodes stands in one table, at
 * `place[nodeType] + (name & nameMask[nodeType])`: for `object` nodes by name, for others by V8's own type alone.
 */
export class TypeTable {
  readonly types: V8Type[] = [];
  /** NO_TYPE before the first node of a type, and for those that have to be looked up each time. */
  readonly table: Int32Array;
  readonly place: Int32Array;
  readonly nameMask: Int32Array;
  readonly #nodeTypes: readonly string[];
  readonly #texts: SnapshotTexts;
  readonly #numbers = new Map<string, number>();
  readonly #byNativeName = new Map<number, number>();

  constructor(header: SnapshotHeader, texts: SnapshotTexts) {
    const { nodeTypes } = header;
    this.#nodeTypes = nodeTypes;
    this.#texts = texts;
    this.table = new Int32Array(nodeTypes.length + texts.count).fill(NO_TYPE);
    this.place = Int32Array.from(nodeTypes, (nodeType, number) => (nodeType === 'object' ? nodeTypes.length : number));
    this.nameMask = Int32Array.from(nodeTypes, (nodeType) => (nodeType === 'object' ? -1 : 0));
  }

  /** Type of a node by number of its V8 type and index of its name, both in range. */
  typeOf(nodeType: number, name: number): number {
    const word = this.#nodeTypes[nodeType];
    const isByName = isNamedByNode(word);
    const place = this.place[nodeType] + (name & this.nameMask[nodeType]);
    const known = word === 'native' ? (this.#byNativeName.get(name) ?? NO_TYPE) : this.table[place];
    if (known !== NO_TYPE) return known;
    const type = this.number(word, isByName ? classNameOfNode(this.#texts.text(name)) : classNameOfNodeType(word));
    if (word === 'native') this.#byNativeName.set(name, type);
    else this.table[place] = type;
    return type;
  }

  /** Number of a type by its names. */
  number(nodeType: string, className: string): number {
    const key = `${nodeType}\n${className}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    if (this.types.length >= MOST_TYPES && className !== TOO_MANY) return this.number(nodeType, TOO_MANY);
    this.types.push({ module: '', name: className, displayName: className, nodeType });
    this.#numbers.set(key, this.types.length - 1);
    return this.types.length - 1;
  }

  get isFull(): boolean {
    return this.types.length >= MOST_TYPES;
  }
}
