import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The folders whose every test is pure. Elsewhere a folder named `pure` holds those that are. */
const PURE = ['test/{calendar,domain,files,rules}/**/*.test.ts', 'test/**/pure/*.test.ts'];
/**
 * What needs no server and takes its time: programs of its own (the checks of the build, the same code in other time zones), and
 * what is tried a thousand times, in folders named `slow`.
 */
const PROGRAMS = ['test/checks/**/*.test.ts', 'test/**/zones.test.ts', 'test/**/slow/*.test.ts'];

// Most of a test's time is waiting for real servers (two files at a time keep two cores busy for two fifths of it): three at a time,
// also where there are two cores.
const maxWorkers = Math.max(3, availableParallelism() - 1);

/** The files that take longest on the clock of two cores, the longest first. */
const LONGEST = [
  'large/lifecycle',
  'workflows/kills',
  'encryption/database',
  'cli/dev',
  'browser/pages',
  'cli/export',
  'recover/recover',
  'cli/tell-many',
  'workflows/answer-holds',
  'doctor/findings',
  'workflows/upgrade',
  'workflows/mail-rules',
  'web/fuzz',
  'web/form-fuzz',
  'cli/instruments',
  'cluster/mtls',
  'cluster/cluster',
  'cli/plan',
].map((name) => `/test/${name}.test.ts`);

/** Begins with the longest files: one that is begun last runs alone at the end. All others go by their size, where no run is known. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(name));
      return at < 0 ? LONGEST.length : at;
    };
    const sorted = await super.sort(files);
    const byProject = [...new Set(sorted.map(({ project }) => project))];
    // A worker goes on to the next file only within its project.
    return byProject.flatMap((project) =>
      sorted.filter((each) => each.project === project).sort((a, b) => place(a) - place(b)),
    );
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // `npm run coverage`: the pure tests alone, so it says what they reach without a server.
    coverage: {
      provider: 'v8',
      include: ['{domain,platform,register,workflows,activities,worker,client}/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
      reportsDirectory: 'test-output/coverage',
    },
    projects: [
      {
        // Functions and files: no server, no bundle, nothing built. They hold nothing that outlives a test, so that the
        // files of a worker share what they import: half of the time.
        test: {
          name: 'pure',
          include: PURE,
          exclude: [...configDefaults.exclude, ...PROGRAMS],
          isolate: false,
          testTimeout: 120_000,
          maxWorkers,
        },
      },
      { test: { name: 'programs', include: PROGRAMS, testTimeout: 300_000, hookTimeout: 120_000, maxWorkers } },
      {
        test: {
          name: 'servers',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...PURE, ...PROGRAMS],
          // Run only where one of these files is: the bundle of workflow code, Temporal and PostgreSQL.
          globalSetup: ['test/support/global-setup.ts', 'test/support/temporal-server.ts'],
          setupFiles: ['test/support/own-process.ts'],
          // The files of a worker share what they import: two thirds of the processor's time of a short one.
          isolate: false,
          // A guard: how long anything takes is shown in `bench/`.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          maxWorkers,
        },
      },
    ],
  },
});
