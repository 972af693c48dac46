import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts', 'test/support/temporal-server.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
