/** Everything that has a way of its own to be held, under `globalThis.app`. */
export const ALL_KINDS = `
class Widget { constructor(i) { this.id = i; } }
const app = (globalThis.app = {});
app.array = [new Widget(1), 'text', 2, new Widget(3)];
app.sparse = []; app.sparse[100000] = new Widget(1);
app['odd key'] = new Widget(1);
app[Symbol('mark')] = new Widget(1); app.private = new (class { #hidden = new Widget(1); static has(it) { return #hidden in it; } })();
const key = (app.key = { name: 'a key' });
app.map = new Map([['a', new Widget(1)], [key, new Widget(2)], [Symbol('s'), new Widget(3)], [7, new Widget(4)], ['small', 5]]);
app.set = new Set([new Widget(1), 'member', 3]);
app.big = new Map(); for (let i = 0; i < 1000; i++) app.big.set('id-' + i, { i }); for (let i = 0; i < 100; i++) app.big.delete('id-' + i);
app.weakMap = new WeakMap([[key, new Widget(1)]]);
app.weakSet = new WeakSet([key]);
app.weakRef = new WeakRef(key);
app.registry = new FinalizationRegistry(function onGone(held) {}); app.registry.register(key, { held: true });
app.dictionary = {}; for (let i = 0; i < 30; i++) app.dictionary['k' + i] = { i }; for (let i = 0; i < 10; i++) delete app.dictionary['k' + i];
app.long = 'x'.repeat(200) + Date.now();
app.joined = 'first part and ' + app.long;
(function outer() {
  const around = new Widget(1);
  app.nested = (function middle() { const between = new Widget(2); return function inner() { return [around, between]; }; })();
})();
app.bound = function listener() {}.bind(app.key);
app.generator = (function* produce() { const local = new Widget(1); yield local; })(); app.generator.next();
app.promise = new Promise(() => {}); app.promise.then(function onDone() {});
`;

/** A heap of some size: classes, closures, cycles, Maps, Sets, WeakMaps, texts of all kinds. */
export const MIXED_HEAP = `
const { EventEmitter } = require('node:events');
class User { constructor(i) { this.name = 'user ' + i; this.friends = []; this.profile = { user: this, bio: 'b'.repeat(i % 90) + i }; } }
const users = new Map(); const weak = new WeakMap(); const keys = []; const seen = new Set(); const index = {}; let chain = null;
for (let i = 0; i < 3000; i++) {
  const user = new User(i);
  users.set(user.name, user); seen.add(user); index['user-' + i] = user; chain = { next: chain, i };
  if (i > 0) user.friends.push(users.get('user ' + (i * 7919 % i)));
  if (i % 3 === 0) { keys.push(user); weak.set(user, { entry: i, back: user }); }
  if (i % 5 === 0) { const bus = new EventEmitter(); bus.on('change', () => user.name); user.bus = bus; }
}
const texts = ['árvíztűrő', '内存泄漏', 'emoji😀', 'quote"back\\\\slash', 'line\\nfeed', '\\u0000\\u0001', '\\ud800lone'].map((text, i) => text + i);
globalThis.kept = { users, weak, keys, seen, index, chain, texts, buffers: [Buffer.alloc(20000), new Float64Array(500)], re: /a|b/g, big: 2n ** 80n, refs: keys.slice(0, 50).map((k) => new WeakRef(k)) };
gc();
`;
