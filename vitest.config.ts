import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts', 'test/support/temporal-server.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Most of a test's time is waiting for real servers: two files at a time, also where there are two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
