// Entry of the thread that analyses: registers TypeScript, as bin/heaptrail.mjs does for the main thread.
import { register } from 'tsx/esm/api';

register();
await import('./engine-thread.ts');
