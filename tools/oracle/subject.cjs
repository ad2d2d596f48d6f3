// A small program with one of everything that a heap snapshot of V8 has a rule for. Plain CommonJS, for every Node from 18 on.
const { EventEmitter } = require('node:events');
const { writeHeapSnapshot } = require('node:v8');

class Account {
  constructor(id) {
    this.id = id;
    this.history = [];
    this.self = this;
  }
}

const weakMap = new WeakMap();
const state = { map: new Map(), set: new Set(), weakMap, keys: [], refs: [], buffers: [], closures: [], promises: [], odd: [], list: null };
globalThis.state = state;

for (let i = 0; i < 400; i++) {
  const account = new Account(i);
  state.map.set(`account-${i}`, account);
  state.set.add(account);
  const key = { i };
  state.keys.push(key);
  weakMap.set(key, { value: i, back: key });
  weakMap.set(account, { of: account });
  state.refs.push(new WeakRef(key));
  state.list = { next: state.list, i };
  state.closures.push(() => account.history.push(i));
  state.promises.push(new Promise((resolve) => state.odd.push(resolve)).then(() => account));
}
for (let i = 0; i < 20; i++) {
  state.buffers.push(new Uint8Array(1000 + i), Buffer.alloc(9000 + i), new DataView(new ArrayBuffer(64)));
  state.odd.push(
    new RegExp(`x${i}`),
    Symbol(`s${i}`),
    12345678901234567890n,
    new Proxy({ i }, {}),
    new Error(`e${i}`),
    new Date(i),
    0.1 + i,
  );
  state.odd.push(`${'left'.repeat(10)}${i}` + `${'right'.repeat(10)}${i}`, 'a long text that is cut '.repeat(5).slice(3, 90 + i));
}
state.odd.push('árvíztűrő', '内存泄漏', 'emoji😀', 'quote"back\\slash', 'line\nfeed\ttab', '\u0000\u0001', '\ud800lone');
function* numbers() {
  for (let i = 0; ; i++) yield i;
}
state.generator = numbers();
state.generator.next();
state.emitter = new EventEmitter();
state.emitter.on('x', () => state.map.size);
new FinalizationRegistry(() => undefined).register(state.keys[0], 'held');
globalThis.gc?.();
writeHeapSnapshot(process.argv[2]);
