/** Tells when the program ends. `Finalizers` listens only while a finalizer is to run at exit. */
export interface ExitHook {
  /** Calls `run`, which does not wait for anything, once at the end; the returned function stops that. */
  onExit(run: () => void): () => void;
}

interface NodeLikeProcess {
  once(event: 'exit', run: () => void): unknown;
  off(event: 'exit', run: () => void): unknown;
  getMaxListeners(): number;
  setMaxListeners(most: number): unknown;
}

/** The `exit` event of Node and its like. Browsers have no moment that is sure to come: nothing runs there. */
export const processExit: ExitHook = {
  onExit(run) {
    const { process } = globalThis as { process?: unknown };
    if (!hasEvents(process)) return () => undefined;
    process.once('exit', run);
    allowListeners(process, 1);
    return () => {
      process.off('exit', run);
      allowListeners(process, -1);
    };
  },
};

/** Each `Finalizers` has a listener of its own, and takes it away: eleven of them are no leak, of which Node would warn. 0 is no limit. */
function allowListeners(process: NodeLikeProcess, more: 1 | -1): void {
  const most = process.getMaxListeners();
  if (most > 0) process.setMaxListeners(most + more);
}

function hasEvents(process: unknown): process is NodeLikeProcess {
  if (typeof process !== 'object' || process === null) return false;
  return ['once', 'off', 'getMaxListeners', 'setMaxListeners'].every((name) => typeof Reflect.get(process, name) === 'function');
}
