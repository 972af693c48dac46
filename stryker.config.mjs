// `npm run mutants`: is there a test for each guard? Not part of npm test: it takes a while. docs/mutants.md says what it found.
export default {
  // Vitest starts a worker for each change, which takes longer than the tests: see docs/mutants.md.
  testRunner: 'in-process',
  // With TypeScript 7 Stryker can't read tsconfig.json; nothing here needs it to.
  tsconfigFile: 'none.json',
  mutate: ['domain/{milestone,plan,lifecycle,commands}/**/*.ts'],
  // Sentences for people are held by the tests that read them, not by every word of them.
  mutator: { excludedMutations: ['StringLiteral'] },
  coverageAnalysis: 'perTest',
  // What runs once, as a file is read, would have to be tried against every test anew.
  ignoreStatic: true,
  incremental: true,
  incrementalFile: 'test-output/mutants.json',
  concurrency: 1,
  // By the clock: what never ends is stopped by how often it comes by, which a busy machine does not hasten.
  timeoutMS: 180_000,
  reporters: ['clear-text', 'json', 'progress'],
  jsonReporter: { fileName: 'test-output/mutants-report.json' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: true },
  tempDirName: 'test-output/mutants',
  ignorePatterns: ['dist', 'var', 'test-output', 'docs', 'bench', 'deploy'],
  plugins: ['./test/mutants/runner.mjs'],
};
