import { createPool } from 'generic-pool';
import { Pool } from 'tarn';
import { ResourcePool } from '../../../packages/toolkit/src/index.ts';
import type { Contender, Figure } from '../figure.ts';

class Connection {
  readonly open = true;
}

const MAX_SIZE = 10;
const BORROWERS = 100;

/** A hundred borrowers in turn over ten resources: nearly every call waits. */
function contended(name: string, borrow: () => Promise<void>, end: () => Promise<unknown>): Contender {
  const borrower = async (times: number): Promise<void> => {
    for (let i = 0; i < times; i++) await borrow();
  };
  return {
    name,
    run: (operations) => Promise.all(Array.from({ length: BORROWERS }, () => borrower(operations / BORROWERS))),
    end: async () => {
      await end();
    },
  };
}

function ours(name: string, stacks: 'budgeted' | 'never'): Contender {
  const pool = new ResourcePool({ maxSize: MAX_SIZE, create: () => new Connection(), leakTimeoutMs: 60_000, stacks });
  const borrow = async (): Promise<void> => {
    const lease = await pool.acquire();
    await Promise.resolve(lease.resource.open);
    await lease.release();
  };
  return contended(name, borrow, () => pool.close());
}

function tarn(): Contender {
  const pool = new Pool<Connection>({ min: 0, max: MAX_SIZE, create: () => Promise.resolve(new Connection()), destroy: () => undefined });
  const borrow = async (): Promise<void> => {
    const connection = await pool.acquire().promise;
    await Promise.resolve(connection.open);
    pool.release(connection);
  };
  return contended('tarn', borrow, () => pool.destroy());
}

/** With the same time limit: it sets a timer only when it is given one. */
function generic(): Contender {
  const pool = createPool(
    { create: () => Promise.resolve(new Connection()), destroy: () => Promise.resolve() },
    { min: 0, max: MAX_SIZE, acquireTimeoutMillis: 30_000 },
  );
  const borrow = async (): Promise<void> => {
    const connection = await pool.acquire();
    await Promise.resolve(connection.open);
    await pool.release(connection);
  };
  return contended('generic-pool', borrow, async () => {
    await pool.drain();
    await pool.clear();
  });
}

export const figure: Figure = {
  id: 'ResourcePool: a hundred borrowers for ten resources',
  operation: 'acquire, which has to wait, and release',
  operations: 30_000,
  rounds: 11,
  contenders: [ours('ResourcePool', 'budgeted'), tarn(), generic(), ours('ResourcePool without stacks', 'never')],
  goals: { tarn: 1, 'generic-pool': 1 },
};
