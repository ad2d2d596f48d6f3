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
  if (typeof target === 'function') return target.name === '' ? 'a function' : target.name;
  const { constructor } = target as { constructor?: unknown };
  return typeof constructor === 'function' && constructor.name !== '' ? constructor.name : 'an object';
}
