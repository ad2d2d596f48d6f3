import { defineConfig } from 'vitest/config';

/** The slow suite: `*.slow.ts`, one file after another, with time for what takes minutes. Not part of `npm test`. */
export default defineConfig({
  test: {
    include: ['{packages,tools,bench}/**/*.slow.ts'],
    fileParallelism: false,
    testTimeout: 30 * 60_000,
    hookTimeout: 30 * 60_000,
  },
});
