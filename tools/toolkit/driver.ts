import type { CollectionProgram } from './collection-program.ts';

/** What the bundled program offers to whoever runs it, as `globalThis.heaptrailProgram`: in Node and in a page alike. */
export interface Driver {
  /** Runs one round, collects until the collector finds nothing more, and tells a `RoundSeen` as JSON: a text is no object that counts. */
  round(number: number): Promise<string>;
  end(): Promise<void>;
}

export interface RoundSeen {
  readonly tables: Readonly<Record<string, number>>;
  /** Collections until nothing more was found. */
  readonly collections: number;
  /** After the last of them; 0 in browsers. */
  readonly heapUsedBytes: number;
}

declare const gc: () => void;
declare const process: { memoryUsage(): { heapUsed: number } } | undefined;

/** A chain of finalizers (one callback that drops the target of the next) is followed as far as this many times in a row nothing happened. */
const QUIET_TIMES = 3;
const MOST_COLLECTIONS = 60;

export function driverOf(program: CollectionProgram): Driver {
  return {
    round: async (number) => {
      await program.round(number);
      const collections = await collectUntilQuiet();
      const seen: RoundSeen = { tables: program.tables?.() ?? {}, collections, heapUsedBytes: heapUsedBytes() };
      return JSON.stringify(seen);
    },
    end: async () => {
      await program.end?.();
    },
  };
}

/**
 * Collects until an object that was registered before each collection was finalized several times in a row: callbacks of one
 * collection run in the order in which their registries were made or later, so what the program registered ran as well, and
 * what its callbacks dropped is in the next.
 */
async function collectUntilQuiet(): Promise<number> {
  let collections = 0;
  for (let quiet = 0; quiet < QUIET_TIMES && collections < MOST_COLLECTIONS;) {
    const seen = sentinel();
    // Targets that were read in this job stay alive until it ends: V8's KeepDuringJob.
    await macrotask();
    gc();
    collections++;
    for (let task = 0; task < 10 && !seen(); task++) await macrotask();
    if (seen()) quiet++;
  }
  if (collections >= MOST_COLLECTIONS) throw new Error(`the collector did not come to rest in ${MOST_COLLECTIONS} collections`);
  return collections;
}

const registries = new Set<FinalizationRegistry<() => void>>();

/** Whether an object that is dropped here was finalized. */
function sentinel(): () => boolean {
  let finalized = false;
  const registry = new FinalizationRegistry<() => void>((done) => done());
  registries.add(registry);
  registry.register({}, () => {
    finalized = true;
    registries.delete(registry);
  });
  return () => finalized;
}

function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

function heapUsedBytes(): number {
  return typeof process === 'undefined' ? 0 : process.memoryUsage().heapUsed;
}
