// Starts as the product does: from the bundle of the sources as they are now.
import { PACKAGES, ROOT } from '../../../packages/cli/start/program.mjs';
import { start } from '../../../packages/cli/start/start.mjs';

const program = {
  name: 'heaptrail-bench-engine',
  root: ROOT,
  sources: [...PACKAGES, 'bench/engine/ours'],
  entries: { ours: 'bench/engine/ours/ours.ts' },
};
const { main } = await start(program, 'ours');
await main(process.argv.slice(2));
