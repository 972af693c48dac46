import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

/** The folders whose every test is pure. Elsewhere a folder named `pure` holds those that are. */
const PURE = ['test/{calendar,domain,files,rules}/**/*.test.ts', 'test/**/pure/*.test.ts'];
const CHECKS = ['test/checks/**/*.test.ts'];

// Most of a test's time is waiting for real servers: two files at a time, also where there are two cores.
const maxWorkers = Math.max(2, availableParallelism() - 1);

export default defineConfig({
  test: {
    projects: [
      {
        // Functions and files: no server, no bundle, nothing built. They hold nothing that outlives a test, so that the
        // files of a worker share what they import: half of the time.
        test: { name: 'pure', include: PURE, isolate: false, testTimeout: 120_000, hookTimeout: 120_000, maxWorkers },
      },
      {
        // The checks of the build, each run on a tiny project of its own: compilers and linters, no server.
        test: { name: 'checks', include: CHECKS, testTimeout: 60_000, maxWorkers },
      },
      {
        test: {
          name: 'servers',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...PURE, ...CHECKS],
          // Run only where one of these files is: the bundle of workflow code, Temporal and PostgreSQL.
          globalSetup: ['test/support/global-setup.ts', 'test/support/temporal-server.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers,
        },
      },
    ],
  },
});
