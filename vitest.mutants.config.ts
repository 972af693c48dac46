import { defineConfig } from 'vitest/config';

/** For Stryker, which knows no projects: the pure tests of the domain that run in this very process. */
export default defineConfig({
  test: {
    include: [
      'test/domain/**/*.test.ts',
      'test/files/examples.test.ts',
      'test/rules/**/*.test.ts',
      'test/mail/pure/calendar.test.ts',
    ],
    exclude: ['test/domain/zones.test.ts', 'test/domain/state-machine.test.ts'],
    testTimeout: 60_000,
  },
});
