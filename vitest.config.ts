import { defineConfig } from 'vitest/config';
import { compileDecorators } from './tools/toolkit/compile-decorators.ts';

export default defineConfig({
  plugins: [compileDecorators()],
  test: {
    environment: 'node',
    include: ['packages/**/*.test.ts', 'tools/**/*.test.ts', 'exhibits/**/*.test.ts', 'bench/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/heaptrail-*/**', '**/.venv*/**'],
    // Tests that start real programs share two cores with whatever else runs; a slow machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
