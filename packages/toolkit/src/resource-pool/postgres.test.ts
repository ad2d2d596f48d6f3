import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../logger/logger.ts';
import { ResourcePool } from './resource-pool.ts';
import { findPostgres, PostgresServer } from './testing/postgres-server.ts';

const postgres = findPostgres();
const BORROWERS = 8;
const MAX_SIZE = 4;

// Not in the titles alone, which reporters leave out of what was skipped.
if ('missing' in postgres) console.warn(`SKIPPED: the tests of ResourcePool against PostgreSQL did not run: ${postgres.missing}`);

describe.skipIf('missing' in postgres)('missing' in postgres ? `PostgreSQL: skipped, ${postgres.missing}` : 'with PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    if ('folder' in postgres) server = await PostgresServer.create(postgres.folder);
  });
  afterAll(() => server.remove());

  const newClient = (): Client =>
    new Client({ host: '127.0.0.1', port: server.port, user: 'heaptrail', database: 'postgres', connectionTimeoutMillis: 5_000 });

  const connect = async (): Promise<Client> => {
    const client = newClient();
    await client.connect();
    return client;
  };

  const connections = (): ResourcePool<Client> =>
    new ResourcePool<Client>({
      maxSize: MAX_SIZE,
      logger: silentLogger,
      create: async ({ broken }) => {
        const client = newClient();
        client.on('error', broken);
        client.on('end', broken);
        await client.connect();
        return client;
      },
      validate: async (client) => (await client.query<{ one: number }>('select 1 as one')).rows[0].one === 1,
      reset: async (client) => {
        await client.query('rollback');
        await client.query('discard all');
      },
      destroy: (client) => client.end(),
    });

  it.each(['SIGKILL', 'SIGQUIT'] as const)(
    'killed (%s) and started again in mid-use: borrowers get errors, the pool recovers, nothing is lost',
    async (signal) => {
      const setup = await connect();
      await setup.query('drop table if exists written; create table written (id integer primary key)');
      await setup.end();
      const pool = connections();
      const acknowledged: number[] = [];
      let errors = 0;
      let nextId = 0;
      let stopped = false;
      const borrower = async (): Promise<void> => {
        while (!stopped) {
          const id = nextId++;
          try {
            await using lease = await pool.acquire({ label: `row ${id}`, timeoutMs: 10_000 });
            try {
              await lease.resource.query('begin');
              await lease.resource.query('insert into written values ($1)', [id]);
              await lease.resource.query('commit');
              acknowledged.push(id);
            } catch (error) {
              await lease.discard();
              throw error;
            }
          } catch {
            errors++;
            await pause(20);
          }
        }
      };
      const borrowers = Array.from({ length: BORROWERS }, borrower);
      await until(() => acknowledged.length >= 100);
      expect(errors).toBe(0);
      expect(pool.statistics()).toMatchObject({ created: MAX_SIZE, size: MAX_SIZE });

      await server.stop(signal);
      await until(() => errors >= BORROWERS);
      const beforeRestart = acknowledged.length;
      await server.start();
      await until(() => acknowledged.length >= beforeRestart + 100);
      stopped = true;
      await Promise.all(borrowers);

      const now = pool.statistics();
      expect(now).toMatchObject({ leased: 0, waiting: 0, creating: 0, validating: 0 });
      expect(now.size).toBe(now.idle + now.destroying);
      expect(now.acquired).toBe(now.released);
      expect(now.created).toBe(now.destroyed + now.destroyFailures + now.size);
      expect(now.created).toBeGreaterThan(MAX_SIZE);
      expect(now.size).toBeLessThanOrEqual(MAX_SIZE);

      const witness = await connect();
      const written = await witness.query<{ id: number }>('select id from written');
      const ids = new Set(written.rows.map(({ id }) => id));
      expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
      await until(async () => (await otherConnections(witness)) === pool.statistics().idle);
      await pool.close();
      await until(async () => (await otherConnections(witness)) === 0);
      expect(pool.statistics()).toMatchObject({ size: 0 });
      await witness.end();
    },
  );

  it('a borrower who holds on loses the connection: the transaction is rolled back, later use throws', async () => {
    const pool = new ResourcePool<Client>({
      maxSize: 1,
      leakTimeoutMs: 150,
      logger: silentLogger,
      create: connect,
      destroy: (client) => client.end(),
    });
    const setup = await connect();
    await setup.query('create table held (id integer)');
    const lease = await pool.acquire({ label: 'holds on' });
    const { resource } = lease;
    await resource.query('begin');
    await resource.query('insert into held values (1)');
    const next = await pool.acquire();
    expect((await next.resource.query('select * from held')).rowCount).toBe(0);
    expect(() => lease.resource).toThrow(expect.objectContaining({ code: 'HEAPTRAIL_LEASE_RECLAIMED' }));
    await expect(resource.query('commit')).rejects.toThrow();
    await next.release();
    await pool.close();
    expect(pool.statistics()).toMatchObject({ leaks: 1, reclaimed: 1, size: 0, created: 2, destroyed: 2 });
    await setup.end();
  });
});

async function otherConnections(witness: Client): Promise<number> {
  const query = "select count(*)::integer as count from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()";
  return (await witness.query<{ count: number }>(query)).rows[0].count;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(10);
}
