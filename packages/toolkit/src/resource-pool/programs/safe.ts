import { ManualClock } from '../../clock/manual-clock.ts';
import { silentLogger } from '../../logger/logger.ts';
import { type Lease } from '../lease.ts';
import { ResourcePool } from '../resource-pool.ts';

/** The same sessions, some of which give back and some of which forget; and pools that nobody closes. */
class Connection {
  readonly open = true;
}

class Session {
  readonly rows = new Array<string>(10).fill('row');
  lease: Lease<Connection> | undefined;
}

const clock = new ManualClock();
const signal = new AbortController().signal;
/** Each open pool has one timer, and those that were closed or collected have none. */
const OPEN_POOLS = 1;
let opened = 0;
let closed = 0;

function connections(): ResourcePool<Connection> {
  return new ResourcePool<Connection>({
    maxSize: 50,
    clock,
    logger: silentLogger,
    idleTimeoutMs: Infinity,
    create: () => {
      opened++;
      return new Connection();
    },
    destroy: () => {
      closed++;
    },
  });
}

/** Written outside of `Database`: closures of one scope share what they capture, so one that is written inside holds `this`. */
function close(): void {
  closed++;
}

/** Owns a pool, and is captured by all that makes and checks; only what ends must not. */
class Database {
  readonly name = 'orders';
  readonly pool = new ResourcePool<Connection>({
    maxSize: 1,
    clock,
    logger: silentLogger,
    create: () => this.connect(),
    validate: (connection) => connection.open && this.name.length > 0,
    reset: () => this.name,
    destroy: close,
  });

  connect(): Connection {
    opened++;
    return new Connection();
  }
}

const pool = connections();

async function session(forgets: boolean): Promise<void> {
  const mine = new Session();
  mine.lease = await pool.acquire({ label: 'session', signal });
  if (!forgets) await mine.lease.release();
}

async function pools(): Promise<void> {
  const unclosed = connections();
  await unclosed.use((connection) => connection.open);
  await new Database().pool.use((connection) => connection.open);
  const forgotten = await unclosed.acquire();
  if (!forgotten.isHeld) throw new Error('a lease that was just given is held');
  await using scoped = connections();
  await scoped.use((connection) => connection.open);
}

export async function round(): Promise<void> {
  for (let i = 0; i < 200; i++) await session(i % 5 === 0);
  for (let i = 0; i < 2_000; i++) await pool.use((connection) => connection.open);
  for (let i = 0; i < 20; i++) await pools();
  // Leases are held for their first second.
  await clock.advance(1_000);
}

/** Asked after the collector: what was forgotten is back, what nobody can use any more is closed. */
export function tables(): Record<string, number> {
  const { leased, idle, size } = pool.statistics();
  return { leased, connectionsKept: idle - size, unclosed: opened - closed - size, timers: clock.pendingTimers - OPEN_POOLS };
}
