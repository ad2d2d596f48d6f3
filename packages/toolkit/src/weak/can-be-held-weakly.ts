/**
 * Whether `WeakRef`, `WeakMap` and `FinalizationRegistry` take a value: objects, functions, and symbols that are not in the
 * registry of `Symbol.for` (where the runtime knows symbols as weak keys). Anyone may make a primitive anew, so none ever dies.
 */
export function canBeHeldWeakly(value: unknown): value is WeakKey {
  if (typeof value === 'object') return value !== null;
  if (typeof value === 'function') return true;
  return typeof value === 'symbol' && Symbol.keyFor(value) === undefined && takesSymbols(value);
}

/** Asked with the symbol itself: the well-known ones (`Symbol.iterator`) are taken too. */
function takesSymbols(symbol: symbol): boolean {
  try {
    new WeakRef(symbol);
    return true;
  } catch {
    return false;
  }
}
