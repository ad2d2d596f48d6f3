import { firstPlace } from '../../graph/bisection.ts';
import { GrowingFloat64, GrowingUint32 } from '../../graph/growing-column.ts';
import type { EphemeronName } from './ephemeron-name.ts';

/** The strings of a snapshot that name entries of WeakMaps, ascending, with the ids of key, value and table in each. */
export class EphemeronTable {
  readonly #strings = new GrowingUint32(16);
  readonly keyId = new GrowingFloat64(16);
  readonly valueId = new GrowingFloat64(16);
  readonly tableId = new GrowingFloat64(16);

  add(string: number, name: EphemeronName): void {
    this.#strings.push(string);
    this.keyId.push(name.keyId);
    this.valueId.push(name.valueId);
    this.tableId.push(name.tableId);
  }

  get count(): number {
    return this.#strings.length;
  }

  /** Place of a string in this table, in which it has to be. */
  placeOf(string: number): number {
    return firstPlace(0, this.#strings.length, (place) => this.#strings.at(place) < string);
  }
}
