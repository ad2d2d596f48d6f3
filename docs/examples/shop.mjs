// A shop that forgets nothing: every visit leaves a session in a Map, and a listener on the bus that keeps the session's cart.
// Writes shop-1.heapsnapshot after 200 visits and shop-2.heapsnapshot after 400, into the folder given as argument.
import { EventEmitter } from 'node:events';
import { writeHeapSnapshot } from 'node:v8';
import { join } from 'node:path';

class Session {
  constructor(id) {
    this.id = id;
    this.cart = new Cart(this);
  }
}

class Cart {
  constructor(session) {
    this.session = session; // a cycle: cart and session know each other
    this.items = Array.from({ length: 20 }, (_, i) => ({ sku: `sku-${session.id}-${i}`, price: i + 0.5 }));
  }
}

const sessions = new Map();
const bus = new EventEmitter();
bus.setMaxListeners(0);
globalThis.shop = { sessions, bus };

function visit(id) {
  const session = new Session(`s${id}`);
  sessions.set(session.id, session);
  bus.on('price', function reprice(change) {
    for (const item of session.cart.items) item.price += change;
  });
}

const folder = process.argv[2] ?? '.';
for (let id = 0; id < 200; id++) visit(id);
writeHeapSnapshot(join(folder, 'shop-1.heapsnapshot'));
for (let id = 200; id < 400; id++) visit(id);
writeHeapSnapshot(join(folder, 'shop-2.heapsnapshot'));
