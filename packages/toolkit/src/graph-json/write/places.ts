import { escapeKey } from '../format.ts';
import { pointerStep } from '../pointer.ts';

/** A key or index of plain containers; a piece of pointer inside the payload of a `$type`. */
export type Step = string | number | { readonly pointer: string };

export const ROOT = -1;

/** Where each object was written first. Pointers are made when somebody asks, which is once for each shared object. */
export class Places {
  readonly #idByObject = new Map<object, number>();
  readonly #parents: number[] = [];
  readonly #steps: Step[] = [];
  readonly #pointers: (string | undefined)[] = [];

  idOf(object: object): number | undefined {
    return this.#idByObject.get(object);
  }

  add(object: object, parent: number, step: Step): number {
    const id = this.#parents.length;
    this.#idByObject.set(object, id);
    this.#parents.push(parent);
    this.#steps.push(step);
    return id;
  }

  pointer(id: number): string {
    const steps: string[] = [];
    let at = id;
    while (at !== ROOT && this.#pointers[at] === undefined) {
      const step = this.#steps[at];
      steps.push(textOf(step));
      at = this.#parents[at];
    }
    const pointer = (at === ROOT ? '' : this.#pointers[at]!) + steps.reverse().join('');
    if (id !== ROOT) this.#pointers[id] = pointer;
    return pointer;
  }
}

function textOf(step: Step): string {
  return typeof step === 'object' ? step.pointer : pointerStep(typeof step === 'string' ? escapeKey(step) : step);
}
