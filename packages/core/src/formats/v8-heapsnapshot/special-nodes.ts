import { GrowingUint32 } from '../../graph/growing-column.ts';
import { known, NATIVE_CONTEXT_OF_ORIGIN, type KnownName } from './known-names.ts';

const SPECIAL_NAMES: readonly KnownName[] = ['(map descriptors)', 'system / NativeContext', '(Document DOM trees)'];

/** Nodes, ascending, that V8 names so that something follows for them or their references. Few, and found by name while the nodes are read. */
export class SpecialNodes {
  /** For each known name: whether nodes of that name are wanted. */
  readonly isWanted = new Uint8Array(256);
  readonly #nodes = new GrowingUint32(64);
  readonly #names = new GrowingUint32(64);

  constructor() {
    for (const name of SPECIAL_NAMES) this.isWanted[known(name)] = 1;
    this.isWanted[NATIVE_CONTEXT_OF_ORIGIN] = 1;
  }

  add(node: number, knownName: number): void {
    this.#nodes.push(node);
    this.#names.push(knownName);
  }

  get count(): number {
    return this.#nodes.length;
  }

  node(place: number): number {
    return this.#nodes.at(place);
  }

  is(place: number, name: KnownName): boolean {
    return this.#names.at(place) === known(name);
  }

  named(name: KnownName): number[] {
    return this.#nodesOf(known(name));
  }

  /** Realms, those of pages first. */
  get nativeContexts(): number[] {
    return [...this.#nodesOf(NATIVE_CONTEXT_OF_ORIGIN), ...this.named('system / NativeContext')];
  }

  #nodesOf(number: number): number[] {
    const found: number[] = [];
    for (let place = 0; place < this.count; place++) if (this.#names.at(place) === number) found.push(this.node(place));
    return found;
  }
}
