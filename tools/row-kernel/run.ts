import { writeFileSync } from 'node:fs';
import { compileKernel, KERNEL_BYTES } from './compile.ts';

/** `npm run kernel`: after each change of `rows.assembly.ts`. */
writeFileSync(KERNEL_BYTES, compileKernel());
console.log(`Wrote ${KERNEL_BYTES}.`);
