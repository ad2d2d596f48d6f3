/**
 * Pairs of a parent and a child that refer to each other in one of four ways, made and dropped. Prints one line of JSON.
 * `node --expose-gc --no-warnings references.mjs WAY PAIRS` (that `queryObjects` is experimental is known)
 */
import { PerformanceObserver } from 'node:perf_hooks';
import { queryObjects } from 'node:v8';

/** Pairs that live at a time; older ones are dropped, as a program's sessions are. */
const ALIVE = 1000;

class Parent {
  constructor(name) {
    this.name = name;
    this.child = undefined;
  }
}

class Child {
  parent = undefined;
}

/** What finalizers close, by name. */
const open = new Map();
const registry = new FinalizationRegistry((name) => open.delete(name));

const WAYS = {
  strong: [paired, nothing],
  weak: [
    (name) => {
      const parent = new Parent(name);
      parent.child = new Child();
      parent.child.parent = new WeakRef(parent);
      return parent;
    },
    nothing,
  ],
  cleared: [
    paired,
    (parent) => {
      parent.child.parent = undefined;
      parent.child = undefined;
    },
  ],
  finalizer: [
    (name) => {
      const parent = new Parent(name);
      parent.child = new Child();
      parent.child.parent = name;
      open.set(name, true);
      registry.register(parent, name);
      return parent;
    },
    nothing,
  ],
};

function paired(name) {
  const parent = new Parent(name);
  parent.child = new Child();
  parent.child.parent = parent;
  return parent;
}

function nothing() {
  return undefined;
}

async function work(way, pairs) {
  const [make, drop] = WAYS[way];
  const alive = new Array(ALIVE).fill(undefined);
  let read = 0;
  for (let name = 0; name < pairs; name++) {
    const old = alive[name % ALIVE];
    if (old !== undefined) drop(old);
    const parent = make(name);
    const back = parent.child.parent;
    if ((way === 'weak' ? back.deref().name : way === 'finalizer' ? back : back.name) === name) read++;
    alive[name % ALIVE] = parent;
    // Targets made in a job are kept to its end, and callbacks run between jobs: all four ways take the same breaks.
    if (name % ALIVE === ALIVE - 1) await macrotask();
  }
  for (const parent of alive) if (parent !== undefined) drop(parent);
  if (read !== pairs) throw new Error('a child did not find its parent');
}

function macrotask() {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function left() {
  return queryObjects(Parent, { format: 'count' }) + queryObjects(Child, { format: 'count' });
}

async function settled() {
  for (let i = 0; i < 4; i++) {
    await macrotask();
    globalThis.gc();
  }
  await macrotask();
}

async function timed(way, pairs) {
  const pauses = [];
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) pauses.push(duration);
  });
  await settled();
  const baseline = left();
  observer.observe({ entryTypes: ['gc'] });
  const began = process.cpuUsage();
  await work(way, pairs);
  await macrotask();
  globalThis.gc();
  await macrotask();
  const { user, system } = process.cpuUsage(began);
  // Entries come with a later task.
  await new Promise((resolve) => setTimeout(resolve, 20));
  observer.disconnect();
  await settled();
  return {
    cpuMs: (user + system) / 1000,
    created: 2 * pairs,
    left: left() - baseline + open.size,
    collections: pauses.length,
    pauseMs: pauses.reduce((sum, ms) => sum + ms, 0),
    longestPauseMs: Math.max(0, ...pauses),
  };
}

/** Bytes that one living pair takes, with what its way of referring needs. */
async function bytesOfPair(way) {
  const [make] = WAYS[way];
  const kept = new Array(100 * ALIVE).fill(undefined);
  await settled();
  const { heapUsed: before } = process.memoryUsage();
  for (let i = 0; i < kept.length; i++) kept[i] = make(i);
  await settled();
  const { heapUsed } = process.memoryUsage();
  if (kept[0].name !== 0) throw new Error('a pair is gone');
  return (heapUsed - before) / kept.length;
}

const [way, pairs] = process.argv.slice(2);
const result = await timed(way, Number(pairs));
console.log(JSON.stringify({ ...result, bytesOfPair: await bytesOfPair(way), runtime: `Node ${process.versions.node}` }));
