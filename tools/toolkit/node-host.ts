/** Source of the module that runs a bundled program in Node: `node --expose-gc host.mjs`, with what to do in the environment. */
export const NODE_HOST = `
import { writeFileSync } from 'node:fs';
import { writeHeapSnapshot } from 'node:v8';
import './program.mjs';

const { rounds, snapshotAfter, mostMs } = JSON.parse(process.env.HEAPTRAIL_COLLECTION);
const program = globalThis.heaptrailProgram;
let seen = '';
for (let number = 1; number <= rounds && performance.now() < mostMs; number++) {
  seen += await program.round(number) + '\\n';
  if (snapshotAfter.includes(number)) writeHeapSnapshot('round-' + number + '.heapsnapshot');
}
await program.end();
// A timer or handle that is open now keeps the process from ending: who started it says so after a while.
const open = process.getActiveResourcesInfo().filter((name) => !/^(PipeWrap|TTYWrap|FSReqPromise|CloseReq)$/.test(name));
writeFileSync('seen.json', JSON.stringify({ seen: seen.trim().split('\\n'), open }));
`;
