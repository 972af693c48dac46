import { readdirSync } from 'node:fs';
import { register as registerHooks } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  determineHitLimitReached,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import fc from 'fast-check';
import { register as registerTypeScript } from 'tsx/esm/api';
import { beginFile, tests } from './vitest.mjs';

// Stryker's own runner starts a vitest worker for each change, which takes a second or more; the tests that mind a change
// take some milliseconds. This one reads the files once, and runs those tests in this very process.

/** Where the tests of the domain are, and those that hold its rules by the examples. */
const FOLDERS = ['test/domain', 'test/rules'];
const FILES = ['test/files/examples.test.ts', 'test/mail/pure/calendar.test.ts'];
/** Processes of their own; a random walk, whose result is a matter of chance. */
const LEFT_OUT = /(zones|state-machine)\.test\.ts$/;

/**
 * A property is tried for so long of the processor's time, however many cases it asks for, and for one case at least: a change
 * that matters shows in the first of them.
 */
const PROPERTY_CPU_SECONDS = 0.1;

/** What no test minds in so long counts as survived: those that come first are the ones that are about it. */
const MAX_CPU_SECONDS = 2;

/** As many plans as push out of memory whatever has been planned before (MAX_PLANS of domain/lifecycle/milestones.ts, and more). */
const PLANS_TO_FORGET = 40;

/** So many of the tests that have just failed for changes of a file are tried first on its next change. */
const MAX_RECENT = 40;

/** Stryker's limit is so many times what all tests together do. */
const HIT_LIMIT_FACTOR = 100;
const MIN_HITS = 10_000;

const stryker = (globalThis.__stryker__ ??= {});

const cpuSeconds = () => process.cpuUsage().user / 1e6;

/** A plugin for fast-check. Its own limit is of the clock's time: on a busy machine a property would fail without a case. */
function limitByProcessorTime() {
  let until;
  return {
    decorateRun: (run) => (value) => {
      until ??= cpuSeconds() + PROPERTY_CPU_SECONDS;
      return cpuSeconds() > until ? new fc.PreconditionFailure(true) : run(value);
    },
  };
}

class InProcessRunner {
  static inject = tokens(commonTokens.logger);
  /** Plans made under one change are in memory still: with these they are out of it. */
  #forgetPlans = () => undefined;
  /** How long each test took the last time: of two that are as much about a change, the quick one is tried first. */
  #time = new Map();
  /** By how many changes each test comes: one that comes by few is about them. */
  #breadth = new Map();
  /** By file, the tests that failed for its last changes, the newest first. */
  #recent = new Map();
  /** By file, how many of its changes the tests of each file of tests have failed for. */
  #failures = new Map();

  constructor(log) {
    this.log = log;
  }

  /**
   * What a file of tests makes as it is read is made without the change, here and in a new process alike: so Stryker need not
   * start one for each change that such a story comes by too, which took ten seconds each.
   */
  capabilities() {
    return { reloadEnvironment: true };
  }

  /** Reads all tests of the sandbox, which is the working folder. */
  async init() {
    fc.installGlobalPlugin(limitByProcessorTime);
    // That it fails is enough.
    fc.configureGlobal({ endOnFailure: true });
    registerTypeScript();
    const own = new URL('vitest.mjs', import.meta.url).href;
    const hook = `export const resolve = (name, context, next) => name === 'vitest' ? { url: ${JSON.stringify(own)}, shortCircuit: true } : next(name, context);`;
    registerHooks(`data:text/javascript,${encodeURIComponent(hook)}`);
    const found = FOLDERS.flatMap((folder) =>
      readdirSync(folder, { recursive: true }).map((name) => join(folder, name)),
    );
    const files = [...found, ...FILES].filter((name) => name.endsWith('.test.ts') && !LEFT_OUT.test(name));
    for (const file of files) {
      beginFile(file);
      await import(pathToFileURL(resolve(file)).href);
    }
    const { plannedOf } = await import(pathToFileURL(resolve('domain/lifecycle/milestones.ts')).href);
    const { startOf } = await import(pathToFileURL(resolve('test/support/facts.ts')).href);
    const { facts, calendar } = startOf();
    this.#forgetPlans = () => {
      for (let count = 0; count < PLANS_TO_FORGET; count++)
        plannedOf({ facts: { ...facts, rules: [] }, calendar, cyclesFrom: {}, cyclesTo: {}, plannedOn: '2016-02-22' });
    };
  }

  async dryRun() {
    stryker.activeMutant = undefined;
    const results = await this.#run(tests, false);
    const mutantCoverage = stryker.mutantCoverage ?? { static: {}, perTest: {} };
    for (const [id, hits] of Object.entries(mutantCoverage.perTest)) this.#breadth.set(id, Object.keys(hits).length);
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }) {
    stryker.activeMutant = undefined;
    stryker.hitLimit = undefined;
    this.#forgetPlans();
    stryker.activeMutant = activeMutant.id;
    // A test that comes by more often than all tests do without the change is in a loop without an end.
    stryker.hitLimit = hitLimit === undefined ? undefined : Math.max(MIN_HITS, hitLimit / HIT_LIMIT_FACTOR);
    const chosen = testFilter === undefined ? undefined : new Set(testFilter);
    const recent = this.#recent.get(activeMutant.fileName) ?? [];
    const place = new Map(recent.map((id, index) => [id, index]));
    const placeOf = ({ id }) => place.get(id) ?? recent.length;
    const failures = this.#failures.get(activeMutant.fileName) ?? new Map();
    const failuresOf = ({ file }) => failures.get(file) ?? 0;
    const breadthOf = ({ id }) => this.#breadth.get(id) ?? 0;
    const timeOf = ({ id }) => this.#time.get(id) ?? 0;
    const results = await this.#run(
      tests
        .filter(({ id }) => chosen === undefined || chosen.has(id))
        .sort(
          (a, b) =>
            placeOf(a) - placeOf(b) ||
            failuresOf(b) - failuresOf(a) ||
            breadthOf(a) - breadthOf(b) ||
            timeOf(a) - timeOf(b),
        ),
      true,
    );
    stryker.activeMutant = undefined;
    const failed = tests.find(({ id }) => id === results.find(({ status }) => status === TestStatus.Failed)?.id);
    if (failed !== undefined) {
      const newest = [failed.id, ...recent.filter((id) => id !== failed.id)];
      this.#recent.set(activeMutant.fileName, newest.slice(0, MAX_RECENT));
      this.#failures.set(activeMutant.fileName, failures.set(failed.file, failuresOf(failed) + 1));
    }
    return toMutantRunResult(
      determineHitLimitReached(stryker.hitCount, stryker.hitLimit) ?? { status: DryRunStatus.Complete, tests: results },
    );
  }

  async #run(chosen, untilFailure) {
    const results = [];
    const began = cpuSeconds();
    for (const { id, file, run } of chosen) {
      stryker.currentTestId = id;
      stryker.hitCount = stryker.hitLimit === undefined ? undefined : 0;
      const from = performance.now();
      const result = { id, name: id, fileName: resolve(file) };
      try {
        await run();
        const timeSpentMs = performance.now() - from;
        this.#time.set(id, timeSpentMs);
        results.push({ ...result, status: TestStatus.Success, timeSpentMs });
      } catch (error) {
        const failureMessage = error instanceof Error ? error.message : String(error);
        results.push({ ...result, status: TestStatus.Failed, failureMessage, timeSpentMs: performance.now() - from });
        if (untilFailure) break;
      } finally {
        stryker.currentTestId = undefined;
      }
      if (untilFailure && cpuSeconds() - began > MAX_CPU_SECONDS) break;
    }
    return results;
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessRunner)];
