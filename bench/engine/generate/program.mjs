import { closureFamily, endless, LeakedHandler, Order, RingNode, Session, TreeNode, User } from './classes.mjs';

const ODD_TEXTS = [
  'árvíztűrő',
  '内存泄漏',
  'emoji😀🎉',
  'quote"back\\slash',
  'line\nfeed\ttab',
  '\u0000\u0001control',
  '\ud800lone surrogate',
];
const CHAIN_LINKS = 1000;

/** A program's whole state, grown unit by unit; every kind of thing that V8 writes into a snapshot differently is in a unit. */
export class Program {
  users = new Map();
  sessions = new Set();
  dictionary = {};
  weakMap = new WeakMap();
  /** One chain through all units: deep graphs are where algorithms break. */
  chain = null;
  kept = [];
  /** The planted leak. Never cleared. */
  leaked = [];
  #random;
  #nextId = 0;

  constructor(random) {
    this.#random = random;
  }

  addUnit(unit) {
    const users = this.#addUsers();
    for (let i = 0; i < 300; i++) this.kept.push(new Order(this.#nextId++, this.#random.pick(users), this.#random));
    for (let i = 0; i < 40; i++) this.sessions.add(new Session(this.#random.pick(users), unit, this.#random));
    this.kept.push(new TreeNode(5, null, this.#random), RingNode.ring(300));
    for (let i = 0; i < CHAIN_LINKS; i++) this.chain = { next: this.chain, i };
    for (let i = 0; i < 60; i++) this.kept.push(closureFamily(i + unit));
    for (let i = 0; i < 150; i++) this.dictionary[`key_${unit}_${i}`] = { unit, i };
    this.#addTexts(unit);
    this.#addWeak();
    this.#addOddities(unit);
  }

  leak(count) {
    for (let i = 0; i < count; i++) this.leaked.push(new LeakedHandler(i));
  }

  #addUsers() {
    const random = this.#random;
    const users = Array.from({ length: 400 }, () => new User(this.#nextId++, random));
    for (const user of users) {
      this.users.set(user.id, user);
      for (let i = 0; i < 3; i++) user.tags.push(random.pick(['a', 'b', 'c', 'd']) + random.below(50));
      for (let i = 0; i < 4; i++) user.friends.push(random.pick(users));
    }
    return users;
  }

  #addTexts(unit) {
    const random = this.#random;
    for (let i = 0; i < 150; i++) this.kept.push(`${random.pick(ODD_TEXTS)}-${unit}-${i}`, 'x'.repeat(20 + random.below(60)) + i);
    for (let i = 0; i < 30; i++) {
      const joined = `before${unit}${'a'.repeat(40)}${i}` + `after${i * 3}${'b'.repeat(30)}`;
      const slice = `${'S'.repeat(100)}${unit}:${i}`.slice(3, 60 + random.below(30));
      this.kept.push(joined, slice);
    }
    if (unit % 50 === 0) this.kept.push('L'.repeat(3000) + unit);
  }

  #addWeak() {
    for (let i = 0; i < 40; i++) {
      const key = { key: i };
      this.kept.push(key);
      this.weakMap.set(key, { value: i, back: key });
      if (i % 4 === 0) this.kept.push(new WeakRef(key));
    }
  }

  #addOddities(unit) {
    const random = this.#random;
    for (let i = 0; i < 10; i++) this.kept.push(new Uint8Array(64 + random.below(4000)), Buffer.alloc(9000 + random.below(100)));
    for (let i = 0; i < 10; i++) {
      let resolve;
      const promise = new Promise((given) => (resolve = given));
      this.kept.push(
        promise.then((value) => value + i),
        resolve,
      );
    }
    for (let i = 0; i < 5; i++) {
      const generator = endless(i);
      generator.next();
      this.kept.push(generator, new RegExp(`re${unit}${i}(a|b)+`), Symbol(`s${i}`), new Error(`e${i}`).message);
      this.kept.push(BigInt(unit) * 12345678901234567890n, new Proxy({ t: i }, {}));
    }
    this.kept.push(Array.from({ length: 300 }, (_, i) => (i % 3 ? i : { i })));
  }
}
