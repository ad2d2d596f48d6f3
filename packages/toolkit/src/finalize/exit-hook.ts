/** Tells when the program ends. `Finalizers` listens only while a finalizer is to run at exit. */
export interface ExitHook {
  /** Calls `run`, which does not wait for anything, once at the end; the returned function stops that. */
  onExit(run: () => void): () => void;
}

interface NodeLikeProcess {
  once(event: 'exit', run: () => void): unknown;
  off(event: 'exit', run: () => void): unknown;
}

/** The `exit` event of Node and its like. Browsers have no moment that is sure to come: nothing runs there. */
export const processExit: ExitHook = {
  onExit(run) {
    const { process } = globalThis as { process?: unknown };
    if (!hasEvents(process)) return () => undefined;
    process.once('exit', run);
    return () => void process.off('exit', run);
  },
};

function hasEvents(process: unknown): process is NodeLikeProcess {
  if (typeof process !== 'object' || process === null || !('once' in process) || !('off' in process)) return false;
  return typeof process.once === 'function' && typeof process.off === 'function';
}
