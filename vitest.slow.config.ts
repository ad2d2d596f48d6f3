import { defineConfig } from 'vitest/config';
import { compileDecorators } from './tools/toolkit/compile-decorators.ts';

/** The slow suite: `*.slow.ts`, one file after another, with time for what takes minutes. Not part of `npm test`. */
export default defineConfig({
  plugins: [compileDecorators()],
  test: {
    include: ['{packages,tools,bench}/**/*.slow.ts'],
    fileParallelism: false,
    testTimeout: 30 * 60_000,
    hookTimeout: 30 * 60_000,
  },
});
