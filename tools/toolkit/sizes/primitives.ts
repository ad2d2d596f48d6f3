/** What is measured alone: names of exports of the toolkit that a program would import together. */
export const PRIMITIVES: Readonly<Record<string, readonly string[]>> = {
  weak: ['weak'],
  weakProperty: ['weakProperty'],
  WeakValueMap: ['WeakValueMap'],
  IterableWeakSet: ['IterableWeakSet'],
  WeakKeyMap: ['WeakKeyMap'],
  WeakReference: ['WeakReference'],
  weakProxy: ['weakProxy'],
  Finalizers: ['Finalizers'],
  Bindings: ['Bindings'],
  ResourcePool: ['ResourcePool'],
  TaskPool: ['TaskPool'],
  graphJson: ['graphJson'],
  Ticker: ['Ticker'],
  throttle: ['throttle'],
  coalesce: ['coalesce'],
};
