/** A place: a path of names from a root, such as `module app .cache dict [x] Item`. 0 is no place. */
export type PlaceId = number;
/** A name of one step: label pattern and type. */
export type StepName = number;

export const NO_PLACE: PlaceId = 0;

/**
 * All places seen in any dump of a session, as a tree of interned names: the only memory that growth needs between two
 * dumps. Parents have smaller ids than their children. Chains are folded: a step that repeats the step above it, or the
 * one above that, stays at that place, so that a linked list is one place however long it gets (LeakCanary 3; notes A1).
 */
export class PlaceTable {
  readonly #nameByText = new Map<string, StepName>();
  readonly #texts: string[] = [''];
  readonly #childByKey = new Map<number, PlaceId>();
  readonly #parent: PlaceId[] = [NO_PLACE];
  readonly #name: StepName[] = [0];

  get size(): number {
    return this.#parent.length;
  }

  name(text: string): StepName {
    let name = this.#nameByText.get(text);
    if (name === undefined) {
      name = this.#texts.push(text) - 1;
      this.#nameByText.set(text, name);
    }
    return name;
  }

  root(name: StepName): PlaceId {
    return this.#descend(NO_PLACE, name);
  }

  child(place: PlaceId, name: StepName): PlaceId {
    if (this.#name[place] === name) return place;
    const above = this.#parent[place];
    if (above !== NO_PLACE && this.#name[above] === name) return above;
    return this.#descend(place, name);
  }

  parent(place: PlaceId): PlaceId {
    return this.#parent[place];
  }

  text(place: PlaceId): string {
    return this.#texts[this.#name[place]];
  }

  /** Texts from the root down. */
  path(place: PlaceId): readonly string[] {
    const texts: string[] = [];
    for (let at = place; at !== NO_PLACE; at = this.#parent[at]!) texts.push(this.text(at));
    return texts.reverse();
  }

  #descend(parent: PlaceId, name: StepName): PlaceId {
    const key = parent * 2 ** 26 + name;
    let place = this.#childByKey.get(key);
    if (place === undefined) {
      place = this.#parent.push(parent) - 1;
      this.#name.push(name);
      this.#childByKey.set(key, place);
    }
    return place;
  }
}
