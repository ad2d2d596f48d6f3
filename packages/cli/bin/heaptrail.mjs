#!/usr/bin/env node
// The product runs from its TypeScript sources, bundled once for each state of them (../start).
import { HEAPTRAIL } from '../start/program.mjs';
import { start } from '../start/start.mjs';

const { main } = await start(HEAPTRAIL, 'main');
process.exitCode = await main(process.argv.slice(2));
