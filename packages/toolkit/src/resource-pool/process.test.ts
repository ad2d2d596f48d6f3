import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const INDEX = fileURLToPath(new URL('../index.ts', import.meta.url));

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program on the system clock, in a process of its own. One that does not end by itself is killed by the test's end. */
function run(program: string): Promise<Ended> {
  const source = `import * as toolkit from ${JSON.stringify(INDEX)};\n${program}`;
  const child = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', '--input-type=module', '--eval', source], { stdio: 'pipe' });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const killer = setTimeout(() => child.kill('SIGKILL'), 50_000);
  return new Promise((resolve) => {
    child.on('close', (exitCode) => {
      clearTimeout(killer);
      resolve({ exitCode, stdout, stderr });
    });
  });
}

it('nothing that is left open keeps the process alive: pools, leases, tasks, ticks, updates', async () => {
  const { exitCode, stdout, stderr } = await run(`
    const { ResourcePool, TaskPool, Ticker, throttle, coalesce } = toolkit;
    const minutes = 600_000;
    const pool = new ResourcePool({
      minSize: 1, maxSize: 2, create: async () => ({}), destroy: async () => {},
      idleTimeoutMs: minutes, maxLifetimeMs: minutes, leakTimeoutMs: minutes, acquireTimeoutMs: minutes,
    });
    globalThis.leases = [await pool.acquire(), await pool.acquire()];
    pool.acquire().catch(() => {});
    const tasks = new TaskPool({ concurrency: 1, timeoutMs: minutes, queueTimeoutMs: minutes });
    tasks.run(() => new Promise(() => {})).catch(() => {});
    tasks.run(() => 1).catch(() => {});
    const ticker = new Ticker();
    ticker.every(minutes, globalThis, () => {});
    const draw = throttle(() => {}, { intervalMs: minutes });
    draw(); draw();
    coalesce(() => {}, { withinMs: minutes })(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    console.log('end');
  `);
  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: 'end\n', stderr: '' });
});

it('what asks for it keeps the process alive: a ticker, a caller who waits, and close until it has forced the end', async () => {
  const { exitCode, stdout } = await run(`
    const { ResourcePool, Ticker, silentLogger } = toolkit;
    const options = { maxSize: 1, create: () => ({}), destroy: () => console.log('destroyed'), logger: silentLogger };
    const ticker = new Ticker({ keepsProcessAlive: true });
    await new Promise((resolve) => ticker.once(50, globalThis, resolve));
    console.log('ticked');
    const pool = new ResourcePool({ ...options, keepsProcessAlive: true, acquireTimeoutMs: 50 });
    globalThis.lease = await pool.acquire();
    await pool.acquire().catch((error) => console.log(error.code));
    await pool.close({ timeoutMs: 50 });
    console.log('closed');
  `);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'ticked\nHEAPTRAIL_POOL_ACQUIRE_TIMEOUT\ndestroyed\nclosed\n' });
});

it('on the system clock a collected borrower gives its resource back, with a warning that names it, and a collected pool closes', async () => {
  const { exitCode, stdout, stderr } = await run(`
    const { ResourcePool } = toolkit;
    const logger = { warn: (code, message) => console.log(code + ': ' + message.replace(/\\d+ ms/, 'N ms').replace(/ \\(.*/s, '')) };
    let pool = new ResourcePool({ name: 'Ports', maxSize: 1, create: () => ({}), destroy: () => console.log('destroyed'), logger });
    await (async function forgetful() {
      const lease = await pool.acquire({ label: 'forgetful' });
      if (!lease.isHeld) throw new Error('not held');
    })();
    const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    await pause(1_100);
    await (async () => {
      const waiting = pool.acquire();
      for (let i = 0; i < 50 && pool.statistics().collected === 0; i++) { gc(); await pause(10); }
      await (await waiting).release();
    })();
    console.log(JSON.stringify(pool.statistics().collected));
    const gone = new WeakRef(pool);
    pool = undefined;
    await (async () => { for (let i = 0; i < 50 && gone.deref() !== undefined; i++) { await pause(10); gc(); } })();
    await pause(10);
  `);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatchInlineSnapshot(`
    "HEAPTRAIL_POOL_LEASE_COLLECTED: Ports lost a lease that was not released: "forgetful", borrowed N ms ago. The resource is taken back.
    Borrowed
        at forgetful
    1
    HEAPTRAIL_POOL_COLLECTED: Ports was collected without having been closed; its 1 resources are destroyed now. Call close(), or declare it with \`await using\`.
    destroyed
    "
  `);
});

it('who waits keeps the pool, so it is told when its time is over; a collected borrower may cost its resource', async () => {
  const { exitCode, stdout, stderr } = await run(`
    const { ResourcePool, silentLogger } = toolkit;
    const never = () => new Promise(() => {});
    const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const told = new ResourcePool({ maxSize: 1, create: never, createTimeoutMs: Infinity, acquireTimeoutMs: 300 }).acquire().catch((error) => error.code);
    await pause(10);
    for (let i = 0; i < 5; i++) { gc(); await pause(10); }
    await pause(300);
    console.log(await told);
    let made = 0;
    const pool = new ResourcePool({
      maxSize: 1, create: () => ({ number: made++ }), destroy: ({ number }) => console.log('destroyed ' + number),
      whenCollected: 'destroy', logger: silentLogger,
    });
    await (async () => { if (!(await pool.acquire()).isHeld) throw new Error('not held'); })();
    await pause(1_100);
    for (let i = 0; i < 50 && pool.statistics().collected === 0; i++) { gc(); await pause(10); }
    console.log(await pool.use(({ number }) => number));
    await pool.close();
  `);
  expect({ exitCode, stdout, stderr }).toEqual({
    exitCode: 0,
    stdout: 'HEAPTRAIL_POOL_ACQUIRE_TIMEOUT\ndestroyed 0\n1\ndestroyed 1\n',
    stderr: '',
  });
});

it('each pool has its own registry, kept by its timer; one that only its pool reached would never call back', async () => {
  const { exitCode, stdout, stderr } = await run(`
    const { ResourcePool, silentLogger } = toolkit;
    const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const called = { careless: 0, pool: 0 };
    const destroy = () => { called.pool++; };
    const options = { minSize: 1, maxSize: 1, idleTimeoutMs: Infinity, create: () => ({}), destroy, logger: silentLogger };
    (() => {
      for (let i = 0; i < 100; i++) {
        const owner = { registry: new FinalizationRegistry(() => called.careless++) };
        owner.registry.register(owner, 0);
        if (new ResourcePool(options).statistics().idle !== 1) throw new Error('not made');
      }
    })();
    for (let i = 0; i < 10; i++) { await pause(5); gc(); }
    console.log(JSON.stringify(called));
    const open = new ResourcePool({ ...options, destroy: () => console.log('closed') });
    await open.close();
  `);
  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '{"careless":0,"pool":100}\nclosed\n', stderr: '' });
});

it('the stack of a checkout does not keep its borrower once the pool has let go of the lease', async () => {
  const { exitCode, stdout, stderr } = await run(`
    const { ResourcePool } = toolkit;
    const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const pool = new ResourcePool({ maxSize: 1, create: () => ({}), stacks: 'always' });
    class Borrower { borrow() { return pool.acquire({ label: 'kept' }); } }
    let borrower;
    const lease = await (() => { const own = new Borrower(); borrower = new WeakRef(own); return own.borrow(); })();
    await pause(1_100);
    for (let i = 0; i < 20 && borrower.deref() !== undefined; i++) { await pause(5); gc(); }
    console.log(borrower.deref() === undefined, lease.isHeld, pool.checkouts()[0].stack.split('\\n')[0].replace(/ \\(.*/, ''));
    await lease.release();
    await pool.close();
  `);
  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: 'true true     at Borrower.borrow\n', stderr: '' });
});
