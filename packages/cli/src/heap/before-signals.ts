/** What a terminal or a supervisor ends a program with. */
const ENDING: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Does what must not be left half done, in one go: a signal that would end the process ends it afterwards. */
export async function beforeSignals<T>(work: () => T): Promise<T> {
  let pending: NodeJS.Signals | undefined;
  const note = (signal: NodeJS.Signals): void => {
    pending ??= signal;
  };
  for (const signal of ENDING) process.on(signal, note);
  try {
    return work();
  } finally {
    // Node tells of signals once in each turn of its loop; the one that is under way may be past that.
    for (let turn = 0; turn < 2; turn++) await new Promise(setImmediate);
    for (const signal of ENDING) process.removeListener(signal, note);
    if (pending !== undefined) process.kill(process.pid, pending);
  }
}
