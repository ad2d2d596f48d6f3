import type { NodeTexts } from '../../graph/heap-graph.ts';
import { GrowingUint32 } from '../../graph/growing-column.ts';
import { NO_NODE } from './address-index.ts';
import { renumbered } from './breadth-first-numbers.ts';
import { NodeEntries } from './node-entries.ts';
import { MalformedBlock, type PayloadReader } from './payload-reader.ts';
import { HIDDEN_TEXT } from './raw-dump.ts';

/** Texts of key objects as TEXT blocks give them. Decoded when asked for: a cache of a million keys must not become a million strings. */
export class TextColumn {
  readonly #nodes = new GrowingUint32(16);
  readonly #hashes = new GrowingUint32(16);
  readonly #lengths = new GrowingUint32(16);
  readonly #offsets = new GrowingUint32(16);
  readonly #pieces: Uint8Array[] = [];
  #byteLength = 0;

  /** Takes in a block of `count` texts after its addresses; `nodes` are the objects at these. */
  take(nodes: Uint32Array, count: number, reader: PayloadReader): void {
    const hashes = reader.u32s(count);
    const lengths = reader.u16s(count);
    const bytes = reader.rest();
    let length = 0;
    for (const each of lengths) if (each !== HIDDEN_TEXT) length += each;
    if (length !== bytes.length) throw new MalformedBlock(`${bytes.length} bytes of text where ${length} are announced`);
    let offset = this.#byteLength;
    for (let i = 0; i < count; i++) {
      if (nodes[i] !== NO_NODE) {
        this.#nodes.push(nodes[i]);
        this.#hashes.push(reader.words[hashes + i]);
        this.#lengths.push(lengths[i]);
        this.#offsets.push(offset);
      }
      if (lengths[i] !== HIDDEN_TEXT) offset += lengths[i];
    }
    this.#pieces.push(bytes);
    this.#byteLength = offset;
  }

  /** The texts by new numbers. */
  finish(numberOf: Uint32Array): NodeTexts {
    const entries = new NodeEntries(renumbered(this.#nodes.finish(), numberOf));
    const bytes = joined(this.#pieces, this.#byteLength);
    const hashes = this.#hashes.finish();
    const lengths = Uint16Array.from(this.#lengths.finish());
    const offsets = this.#offsets.finish();
    const decoder = new TextDecoder();
    return {
      text(node) {
        const entry = entries.of(node);
        if (entry === undefined) return undefined;
        if (lengths[entry] === HIDDEN_TEXT) return `[str#${hashes[entry].toString(16).padStart(8, '0')}]`;
        return decoder.decode(bytes.subarray(offsets[entry], offsets[entry] + lengths[entry]));
      },
    };
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
