// node run-devtools.mjs BUNDLE FILE [--same-outputs]
//
// Opens a snapshot as the heap worker of DevTools does: the loader fed with pieces of 10 MB, then the snapshot with its
// second thread. With --same-outputs the steps that nothing of ours corresponds to are replaced by functions that do
// nothing: names of objects and of plain-object interfaces, samples, locations, attribution to native contexts. What
// stays: edge indexes, retainers, DOM state, flags, shallow sizes, dominators, retained sizes, distances, statistics.
import { createReadStream } from 'node:fs';
import { Worker, isMainThread, workerData } from 'node:worker_threads';

// Node 20 has none; the sources expect it.
Promise.withResolvers ??= function () {
  let resolve, reject;
  const promise = new this((given, refused) => ([resolve, reject] = [given, refused]));
  return { promise, resolve, reject };
};

const PIECE_BYTES = 10_000_000;
const LEFT_OUT = [
  'calculateObjectNames',
  'applyInterfaceDefinitions',
  'buildSamples',
  'buildLocationMap',
  'calculateNativeContextAttribution',
  'calculateNativeContextSizes',
];

if (isMainThread) await open(process.argv[2], process.argv[3], process.argv.includes('--same-outputs'));
else {
  const { SecondaryInitManager } = await import(workerData.bundle);
  new SecondaryInitManager(workerData.port);
}

async function open(bundle, file, sameOutputs) {
  const { HeapSnapshotLoader, JSHeapSnapshot } = await import(bundle);
  if (sameOutputs) leaveOut(JSHeapSnapshot.prototype);
  const loader = new HeapSnapshotLoader({ sendEvent() {} });
  for await (const piece of createReadStream(file, { encoding: 'utf8', highWaterMark: PIECE_BYTES })) loader.write(piece);
  loader.close();
  await loader.parsingComplete;
  const { port1, port2 } = new MessageChannel();
  const second = new Worker(new URL(import.meta.url), { workerData: { bundle, port: port2 }, transferList: [port2] });
  const snapshot = await loader.buildSnapshot(port1);
  console.log(JSON.stringify({ nodes: snapshot.nodeCount, retainedBytes: snapshot.rootNode().retainedSize() }));
  port1.close();
  await second.terminate();
}

/** Throws for a step that is not there: a newer DevTools must not be measured as if it were. */
function leaveOut(prototype) {
  for (const step of LEFT_OUT) {
    let owner = prototype;
    while (owner !== null && !Object.hasOwn(owner, step)) owner = Object.getPrototypeOf(owner);
    if (owner === null) throw new Error(`this DevTools has no step ${step}`);
    owner[step] = () => {};
  }
  let owner = prototype;
  while (!Object.hasOwn(owner, 'inferInterfaceDefinitions')) owner = Object.getPrototypeOf(owner);
  owner.inferInterfaceDefinitions = () => [];
}
