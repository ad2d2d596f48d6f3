import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compileKernel, KERNEL_BYTES } from './compile.ts';

it('the bytes in the repository are what the compiler makes of the source', () => {
  expect(readFileSync(KERNEL_BYTES, 'utf8')).toBe(compileKernel());
});
