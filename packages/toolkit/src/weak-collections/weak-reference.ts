import { canBeHeldWeakly } from '../weak/can-be-held-weakly.ts';
import { NotWeaklyHoldableError } from '../weak/not-weakly-holdable-error.ts';
import { TargetGoneError } from './target-gone-error.ts';

export interface WeakReferenceOptions {
  /** As TargetGoneError names it; of an object, the name of its class unless given. */
  readonly name?: string;
}

/** A WeakRef that can be asked and can insist. Each answer keeps the target alive until the current job ends. O(1). */
export class WeakReference<Target extends WeakKey> {
  readonly #ref: WeakRef<Target>;
  readonly #name: string;

  constructor(target: Target, { name }: WeakReferenceOptions = {}) {
    if (!canBeHeldWeakly(target)) throw new NotWeaklyHoldableError(target, 'target of a WeakReference');
    this.#ref = new WeakRef(target);
    this.#name = name ?? nameOf(target);
  }

  get(): Target | undefined {
    return this.#ref.deref();
  }

  /** Throws TargetGoneError when the target was collected. */
  require(): Target {
    const target = this.#ref.deref();
    if (target === undefined) throw new TargetGoneError(this.#name);
    return target;
  }

  get isAlive(): boolean {
    return this.#ref.deref() !== undefined;
  }
}

/** Asked while the target is there; only the text is kept. */
export function nameOf(target: WeakKey): string {
  if (typeof target === 'symbol') return String(target);
  if (typeof target === 'function') return textOr(target.name, 'a function');
  try {
    const { constructor } = target as { constructor?: unknown };
    return typeof constructor === 'function' ? textOr(constructor.name, 'an object') : 'an object';
  } catch {
    // A proxy or a getter of the program's own: not a reason to refuse the object.
    return 'an object';
  }
}

/** A class may have a static `name` of its own, which may be anything. */
function textOr(name: unknown, otherwise: string): string {
  return typeof name === 'string' && name !== '' ? name : otherwise;
}
