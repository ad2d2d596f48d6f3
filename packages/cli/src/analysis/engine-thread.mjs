// The engine's thread where the product runs from its sources: registers TypeScript, as start/start.mjs does for the main thread. A bundle
// has an entry of this name instead.
import { register } from 'tsx/esm/api';

register();
await import('./engine-thread.ts');
