import { EventEmitter } from 'node:events';

// The classes of a service as one finds them in production: instances that point at each other, in all the ways that a heap can hold.

export class User {
  constructor(id, random) {
    this.id = id;
    this.name = `user-${id}`;
    this.email = `u${id}@example.com`;
    this.tags = [];
    this.friends = [];
    this.profile = new Profile(this, random);
    this.score = random.fraction() * 1000;
  }
}

class Profile {
  constructor(user, random) {
    this.user = user;
    this.bio = `bio of ${user.name}`;
    this.preferences = { theme: random.pick(['dark', 'light']), language: random.pick(['en', 'zh', 'hu']), seed: random.fraction() };
    this.created = new Date(1.6e12 + random.below(1e9));
  }
}

export class Order {
  constructor(id, user, random) {
    this.id = id;
    this.user = user;
    this.total = 0.1 + id;
    this.items = Array.from({ length: 4 }, () => new LineItem(this, random));
  }
}

class LineItem {
  constructor(order, random) {
    this.order = order;
    this.sku = `sku${random.below(5000)}`;
    this.quantity = random.below(9);
    this.price = random.fraction() * 10;
  }
}

/** Wide and shallow, with a way back up. */
export class TreeNode {
  constructor(depth, parent, random) {
    this.parent = parent;
    this.key = random.below(1e9);
    this.children = depth > 0 ? Array.from({ length: 2 + random.below(3) }, () => new TreeNode(depth - 1, this, random)) : null;
  }
}

/** A ring that is linked both ways. */
export class RingNode {
  constructor(value) {
    this.value = value;
    this.previous = null;
    this.next = null;
  }

  static ring(length) {
    const first = new RingNode(0);
    let last = first;
    for (let i = 1; i < length; i++) {
      const node = new RingNode({ i });
      node.previous = last;
      last.next = node;
      last = node;
    }
    last.next = first;
    first.previous = last;
    return first;
  }
}

/** Listeners that close over their session: the cycle of every event emitter. */
export class Session {
  constructor(user, unit, random) {
    this.user = user;
    this.bus = new EventEmitter();
    this.cache = new Map();
    this.timer = { callback: () => this.cache.size + user.id };
    for (let i = 0; i < 3; i++) this.bus.on(`event ${i}`, () => this.touch(i));
    for (let j = 0; j < 10; j++) this.cache.set(`k${unit}_${j}`, { at: j, value: [j, { z: random.fraction() }] });
  }

  touch(i) {
    this.last = i;
  }
}

/** What the planted leak is made of. */
export class LeakedHandler {
  constructor(i) {
    this.payload = Array.from({ length: 16 }, (_, k) => ({ k, i, text: `leak-${i}-${k}` }));
    this.self = this;
  }
}

/** Five closures over one context. */
export function closureFamily(n) {
  const shared = { big: new Array(8).fill(n), name: `shared${n}` };
  return Array.from(
    { length: 5 },
    (_, i) =>
      function inner() {
        return shared.big[i] + i;
      },
  );
}

export function* endless(seed) {
  const state = { seed };
  while (true) yield state;
}
