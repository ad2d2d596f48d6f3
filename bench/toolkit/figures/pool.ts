import { createPool } from 'generic-pool';
import { Pool } from 'tarn';
import { ResourcePool } from '../../../packages/toolkit/src/index.ts';
import type { Contender, Figure } from '../figure.ts';

class Connection {
  readonly open = true;
}

const MAX_SIZE = 10;

function ours(name: string, stacks: 'always' | 'budgeted' | 'never'): Contender {
  const pool = new ResourcePool({ maxSize: MAX_SIZE, create: () => new Connection(), leakTimeoutMs: 60_000, stacks });
  return {
    name,
    run: async (operations) => {
      for (let i = 0; i < operations; i++) {
        const lease = await pool.acquire();
        await lease.release();
      }
    },
    end: () => pool.close(),
  };
}

function tarn(): Contender {
  const pool = new Pool({ min: 0, max: MAX_SIZE, create: () => Promise.resolve(new Connection()), destroy: () => undefined });
  return {
    name: 'tarn',
    run: async (operations) => {
      for (let i = 0; i < operations; i++) {
        const connection = await pool.acquire().promise;
        pool.release(connection);
      }
    },
    end: async () => {
      await pool.destroy();
    },
  };
}

function generic(): Contender {
  const pool = createPool({ create: () => Promise.resolve(new Connection()), destroy: () => Promise.resolve() }, { min: 0, max: MAX_SIZE });
  return {
    name: 'generic-pool',
    run: async (operations) => {
      for (let i = 0; i < operations; i++) {
        const connection = await pool.acquire();
        await pool.release(connection);
      }
    },
    end: async () => {
      await pool.drain();
      await pool.clear();
    },
  };
}

export const figure: Figure = {
  id: 'ResourcePool: one borrower',
  operation: 'acquire and release of an idle resource',
  operations: 10_000,
  rounds: 15,
  contenders: [
    ours('ResourcePool', 'budgeted'),
    tarn(),
    generic(),
    ours('ResourcePool without stacks', 'never'),
    ours('ResourcePool, a stack each time', 'always'),
  ],
  goals: { tarn: 1, 'generic-pool': 1 },
};
