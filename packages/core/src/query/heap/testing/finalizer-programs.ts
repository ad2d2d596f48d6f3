/** 100 objects of each class, every class with a finalizer that keeps them in a way of its own. Lines matter to the test. */
export const LEAKY_FINALIZERS = `
const app = (globalThis.app = { registries: [] });
const calls = (app.calls = new FinalizationRegistry(function call(run) { run(); }));
const tokens = (app.tokens = new FinalizationRegistry(function note(token) {}));
const times = (make) => { for (let i = 0; i < 100; i++) make(i); };

class Session { constructor(id) { this.id = id; calls.register(this, () => this.close()); } close() {} }
times((i) => new Session(i));

class Socket { constructor(owner) { this.owner = owner; } }
class Connection { constructor() { this.socket = new Socket(this); tokens.register(this, this.socket); } }
times(() => new Connection());

class Report { constructor(name) { this.name = name; } }
times((i) => { const report = new Report('report ' + i); const registry = new FinalizationRegistry(function tell() { return report.name; }); registry.register(report, i); app.registries.push(registry); });

class Lease { constructor() { calls.register(this, this.release.bind(this)); } release() {} }
times(() => new Lease());

(function () { const files = []; class File { constructor() { files.push(this); tokens.register(this, files); } } times(() => new File()); })();

class Peer {}
times(() => { const [a, b] = [new Peer(), new Peer()]; tokens.register(a, { other: b }); tokens.register(b, { other: a }); });

const secrets = new WeakMap(); class Account { constructor() { secrets.set(this, { owner: this }); calls.register(this, () => secrets.get(this)); } }
times(() => new Account());

class Cleaner extends FinalizationRegistry {} const cleaner = (app.cleaner = new Cleaner((run) => run()));
class Query { constructor() { cleaner.register(this, () => this.rows); this.rows = []; } }
times(() => new Query());

class Handle { constructor(run) { this.run = run; } }
app.handles = new Set(); class Channel { constructor() { const handle = new Handle(() => this.name); app.handles.add(handle); tokens.register(this, handle, handle); this.name = 'c'; } }
times(() => new Channel());
`;

/** The same classes, as they ought to be, or held by something else too; a few of them alive and watched. */
export const CLEAN_FINALIZERS = `
const app = (globalThis.app = { registries: [], alive: [] });
const calls = (app.calls = new FinalizationRegistry(function call(run) { run(); }));
const tokens = (app.tokens = new FinalizationRegistry(function note(token) {}));
const times = (make) => { for (let i = 0; i < 100; i++) app.alive.push(make(i)); };

const close = (id) => id;
class Session { constructor(id) { this.id = id; calls.register(this, () => close(id), this); } close() {} }
times((i) => new Session(i));

class Socket { constructor(owner) { this.owner = new WeakRef(owner); } }
class Connection { constructor() { this.socket = new Socket(this); tokens.register(this, this.socket); } }
times(() => new Connection());

class Report { constructor(name) { this.name = name; } }
times((i) => { const report = new Report('report ' + i); const { name } = report; const registry = new FinalizationRegistry(function tell() { return name; }); registry.register(report, i); app.registries.push(registry); return report; });

class Lease { constructor(id) { calls.register(this, Lease.release.bind(null, id)); } static release(id) { return id; } }
times((i) => new Lease(i));

class Peer {}
times(() => { const [a, b] = [new Peer(), new Peer()]; tokens.register(a, { other: b }); tokens.register(b, {}); return a; });

const secrets = new WeakMap(); class Account { constructor() { secrets.set(this, { owner: this }); calls.register(this, () => secrets.has({})); } }
times(() => new Account());

const inUse = (app.inUse = new Map()); class Query { constructor(id) { inUse.set(id, this); calls.register(this, () => this.rows); this.rows = []; } }
for (let i = 0; i < 100; i++) new Query(i);

class Manager { constructor() { this.jobs = new Map(); } }
class Job { constructor(id) { manager.jobs.set(id, this); tokens.register(this, manager); } }
const manager = (app.manager = new Manager()); for (let i = 0; i < 100; i++) new Job(i);
`;

/** Objects that only variables of functions hold, of one that runs and of some that wait. Writes its own heap. */
export const HEALTHY_VARIABLES = `
const calls = (globalThis.calls = new FinalizationRegistry((run) => run()));
class Local { constructor(i) { this.i = i; calls.register(this, () => this.i); } }
class Awaited { constructor(i) { this.i = i; calls.register(this, () => this.i); } }
async function wait(i) { const awaited = new Awaited(i); await new Promise((done) => setTimeout(done, 100000)); return awaited.i; }
for (let i = 0; i < 10; i++) wait(i);
function use() {
  const one = new Local(1);
  const two = new Local(2);
  require('node:v8').writeHeapSnapshot(process.argv[2]);
  return one.i + two.i;
}
use();
process.exit(0);
`;

/** What Node registers finalizers for by itself: answers of fetch, signals, ports, storages. Writes its own heap. */
export const HEALTHY_WEB = `
const http = require('node:http');
const { MessageChannel } = require('node:worker_threads');
const { AsyncLocalStorage } = require('node:async_hooks');
const app = (globalThis.app = { kept: [] });
const server = http.createServer((request, response) => response.end('x'.repeat(2000)));
server.listen(0, '127.0.0.1', async () => {
  const url = 'http://127.0.0.1:' + server.address().port;
  const controller = new AbortController();
  for (let i = 0; i < 40; i++) {
    const answer = await fetch(url, { signal: i % 2 ? controller.signal : AbortSignal.timeout(60000) });
    app.kept.push(answer.clone(), answer);
    if (i % 3 === 0) await answer.text();
    if (AbortSignal.any) app.kept.push(AbortSignal.any([controller.signal, AbortSignal.timeout(50000)]));
    new Request(url, { signal: controller.signal });
    const { port1, port2 } = new MessageChannel(); port1.postMessage('x'); port2.close();
    controller.signal.addEventListener('abort', () => i, { once: true });
    const als = new AsyncLocalStorage(); als.run({ i }, () => app.kept.push(setTimeout(() => 0, 60000).unref()));
    const target = new EventTarget(); target.addEventListener('x', () => i, { signal: controller.signal }); app.kept.push(target);
  }
  gc();
  require('node:v8').writeHeapSnapshot(process.argv[2]);
  process.exit(0);
});
`;
