import { EdgeKind, edgeLabel, MAX_OPERAND, type EdgeLabel } from '../../graph/edge-label.ts';
import { InternedNames, type NameTable } from '../../graph/name-table.ts';
import { EPHEMERON_NAME } from './known-names.ts';
import type { SnapshotTexts } from './snapshot-texts.ts';

/** `12 / ` in front of names of references that V8 numbers. */
const NUMBERED = /^\d+ \/ /;
const PLACE = /^\d{1,15}$/;
/** Fields of V8's objects have numbers below; what is above are lists. */
const NUMBERED_SLOTS = 64;
const NO_LABEL = 0xffffffff;
const ENTRY_OF_WEAK_MAP = 'value in WeakMap';

/** Names of references by number. Only what was asked for is in the table: most strings of a snapshot never become a label. */
export class SnapshotNames implements NameTable {
  readonly #texts: SnapshotTexts;
  readonly #knownNames: Uint8Array;
  readonly #interned = new InternedNames();
  /** Number of a string's text and one, once it was asked for. */
  #idByString: Uint32Array | undefined;
  #labelByInternal: Uint32Array | undefined;
  readonly #slotLabels: EdgeLabel[] = [];

  constructor(texts: SnapshotTexts, knownNames: Uint8Array) {
    this.#texts = texts;
    this.#knownNames = knownNames;
  }

  intern(text: string): number {
    return this.#interned.intern(text);
  }

  text(id: number): string {
    return this.#interned.text(id);
  }

  /** Number of the text of a string of the file. */
  ofString(index: number): number {
    this.#idByString ??= new Uint32Array(this.#texts.count);
    let id = this.#idByString[index] - 1;
    if (id < 0) {
      id = this.#interned.intern(this.#texts.text(index));
      this.#idByString[index] = id + 1;
    }
    return id;
  }

  /** Label of a reference of V8's own: the place in a table, or a name without what numbers it or names single objects. */
  internalLabel(index: number): EdgeLabel {
    this.#labelByInternal ??= new Uint32Array(this.#texts.count).fill(NO_LABEL);
    let label = this.#labelByInternal[index];
    if (label === NO_LABEL) {
      label = this.#makeLabel(index);
      this.#labelByInternal[index] = label;
    }
    return label;
  }

  /** Label of a field of V8's own that has a number and no name: no element of a collection. */
  slotLabel(slot: number): EdgeLabel {
    if (slot >= NUMBERED_SLOTS) return edgeLabel(EdgeKind.internal, this.intern('slot'));
    return (this.#slotLabels[slot] ??= edgeLabel(EdgeKind.internal, this.intern(`slot ${slot}`)));
  }

  #makeLabel(index: number): EdgeLabel {
    if (this.#knownNames[index] === EPHEMERON_NAME) return edgeLabel(EdgeKind.internal, this.intern(ENTRY_OF_WEAK_MAP));
    const text = this.#texts.text(index);
    if (PLACE.test(text)) return edgeLabel(EdgeKind.index, Math.min(Number(text), MAX_OPERAND));
    return edgeLabel(EdgeKind.internal, this.intern(text.replace(NUMBERED, '')));
  }
}
