// `npm test`: every check of the build, each counted as one test, then the suite. Arguments go to vitest:
// `npm test -- test/calendar`. The last line on stdout is "N passed, N failed", with ", N skipped" where tests were.
// The exit code is 0 only where nothing failed and, in CI, nothing was skipped.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';

/** Scripts of package.json, so that each can be run alone: `npm run lint`. */
const CHECKS = ['typecheck', 'lint', 'format:check', 'knip', 'knip:production', 'layers', 'cycles'];

/** How long what was asked to stop may take to tidy up. */
const GRACE_MS = 10_000;

const root = process.cwd();
const running = new Set();
let stoppedBy;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal));

const checks = await Promise.all(CHECKS.map(check));
const suite = stoppedBy === undefined ? await runSuite(process.argv.slice(2)) : { passed: 0, failures: [], skipped: 0 };
report(checks, suite);

/** Runs one check, and shows what it said where it failed. */
async function check(name) {
  const script = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts?.[name];
  if (script === undefined) return { name, failed: true };
  const begun = performance.now();
  const { code, output } = await run(script, [], { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  if (code !== 0) console.log(output.trimEnd());
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
  return { name, failed: code !== 0 };
}

/** Runs vitest on the screen, and counts what its JSON report says. */
async function runSuite(args) {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-tests-'));
  const file = join(folder, 'report.json');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  try {
    const { code } = await run(
      process.execPath,
      [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    );
    return counted(file, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The suite's result. Whatever vitest fails by without a failed test to show for it counts as one: nothing passes by crashing. */
function counted(file, code) {
  let files;
  try {
    files = JSON.parse(readFileSync(file, 'utf8')).testResults;
  } catch {
    return { passed: 0, failures: [`vitest ended with ${code} and left no report`], skipped: 0 };
  }
  const tests = files.flatMap((each) =>
    each.assertionResults.map((test) => ({ ...test, file: relative(root, each.name) })),
  );
  const having = (...statuses) => tests.filter((test) => statuses.includes(test.status));
  const failures = having('failed').map((test) => `${test.file} > ${[...test.ancestorTitles, test.title].join(' > ')}`);
  for (const each of files) {
    if (each.status === 'failed' && !each.assertionResults.some((test) => test.status === 'failed'))
      failures.push(`${relative(root, each.name)}: the file itself`);
  }
  const passed = having('passed').length;
  if (passed === 0 && failures.length === 0) failures.push('no test ran');
  if (code !== 0 && failures.length === 0) failures.push(`vitest ended with ${code}, though no test failed`);
  return { passed, failures, skipped: tests.length - passed - having('failed').length };
}

function report(done, suite) {
  const failures = [...done.filter((each) => each.failed).map((each) => `npm run ${each.name}`), ...suite.failures];
  if (stoppedBy !== undefined) failures.push(`stopped by ${stoppedBy}`);
  const passed = done.filter((each) => !each.failed).length + suite.passed;
  const inCi = !['', 'false', '0', undefined].includes(process.env['CI']);
  const skipsForbidden = inCi && suite.skipped > 0;

  if (failures.length > 0) console.log(`\nFailed:\n${failures.map((each) => `  ${each}`).join('\n')}`);
  if (skipsForbidden) console.log('\nTests were skipped, which CI does not permit.');
  console.log(`\n${passed} passed, ${failures.length} failed${suite.skipped > 0 ? `, ${suite.skipped} skipped` : ''}`);
  process.exitCode = failures.length > 0 || skipsForbidden ? 1 : 0;
}

/**
 * Runs a program in a process group of its own, so that what it has started can be ended with it. Resolves when it
 * has ended, with its exit code or the signal it died of.
 */
function run(command, args, options) {
  const path = `${join(root, 'node_modules/.bin')}${delimiter}${process.env['PATH'] ?? ''}`;
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, PATH: path },
    detached: process.platform !== 'win32',
    ...options,
  });
  running.add(child);
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve) => {
    const end = (code) => {
      running.delete(child);
      resolve({ code, output });
    };
    child.once('error', (error) => end(error.message));
    child.once('close', (code, signal) => end(code ?? signal));
  });
}

/** Asks all that runs to end; a second time, or after a while, makes it. */
function stop(signal) {
  const again = stoppedBy !== undefined;
  stoppedBy ??= signal;
  for (const child of running) kill(child, again ? 'SIGKILL' : signal);
  setTimeout(() => running.forEach((child) => kill(child, 'SIGKILL')), GRACE_MS).unref();
}

function kill(child, signal) {
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It has just ended by itself.
  }
}
