// Runs SCRIPT with its allocations traced, then writes what the heap is to FILE: node track.mjs SCRIPT FILE snapshot|timeline
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { pathToFileURL } from 'node:url';

const [, , script, file, how] = process.argv;
const chunks = [];
const session = new Session();
session.connect();
session.on('HeapProfiler.addHeapSnapshotChunk', ({ params }) => chunks.push(params.chunk));
await session.post('HeapProfiler.startTrackingHeapObjects', { trackAllocations: true });
await import(pathToFileURL(script).href);
if (how === 'timeline') await session.post('HeapProfiler.stopTrackingHeapObjects');
else await session.post('HeapProfiler.takeHeapSnapshot');
writeFileSync(file, chunks.join(''));
process.exit(0); // Tracking reports four times a second, and that would go on for ever.
