// What `npm test` needs beside duecourse's own parts: a browser, and Pythons with openpyxl, python-docx and schemathesis.
// Does nothing, quickly, where they are there. Run by `platform/setup.mjs test`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';

const SCHEMATHESIS = '4.32.5';
const OPENPYXL = '3.1.5';
const PYTHON_DOCX = '1.2.0';
const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const TEN_MINUTES_MS = 600_000;

/** The browser of this machine: the one that DUECOURSE_CHROMIUM names, the system's, or Playwright's own. */
export function findBrowser() {
  return [process.env['DUECOURSE_CHROMIUM'], ...SYSTEM_BROWSERS, chromium.executablePath()].find(
    (path) => path !== undefined && path !== '' && existsSync(path),
  );
}

/** The program that fuzzes by an OpenAPI document; undefined where no Python could be set up for it. */
export function findSchemathesis() {
  return programIn(venv(`schemathesis-${SCHEMATHESIS}`), 'schemathesis');
}

/** A Python that reads and writes workbooks as a program of somebody else does; undefined where there is none. */
export function findOpenpyxl() {
  return programIn(venv(`openpyxl-${OPENPYXL}`), 'python');
}

/** A Python that reads Word documents as a program of somebody else does; undefined where there is none. */
export function findPythonDocx() {
  return programIn(venv(`python-docx-${PYTHON_DOCX}`), 'python');
}

function programIn(folder, name) {
  const program = join(folder, process.platform === 'win32' ? `Scripts/${name}.exe` : `bin/${name}`);
  return existsSync(program) ? program : undefined;
}

function venv(name) {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(cache, 'duecourse', name);
}

function ensureBrowser() {
  if (findBrowser() !== undefined) return;
  console.log('Browser: none found; installing Chromium for the tests');
  if (!installedByDebian())
    run(process.execPath, [join(dirname(chromiumPackage()), 'cli.js'), 'install', 'chromium', '--with-deps']);
  if (findBrowser() !== undefined) return;
  console.error(
    'The tests look at the pages in a real browser, and none could be installed. Install Chromium ("apt-get install chromium"), or set DUECOURSE_CHROMIUM to a Chromium’s path, then run "npm test" again.',
  );
  process.exitCode = 1;
}

function chromiumPackage() {
  return new URL(import.meta.resolve('playwright-core/package.json')).pathname;
}

function installedByDebian() {
  if (process.platform !== 'linux' || spawnSync('apt-get', ['--version']).status !== 0) return false;
  const before = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (...args) =>
    run(...first([...before, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args]));
  return apt('update') && apt('install', '-y', '--no-install-recommends', 'chromium');
}

function ensureSchemathesis() {
  if (findSchemathesis() !== undefined || spawnSync('python3', ['--version']).status !== 0) return;
  console.log(`Fuzzing: installing schemathesis ${SCHEMATHESIS} for the tests`);
  if (ensureVenv('schemathesis', SCHEMATHESIS)) return;
  console.log('Fuzzing: schemathesis can’t be installed by this Python; that one test is left out.');
}

function ensurePackage(found, what, name, version) {
  if (found !== undefined) return;
  console.log(`${what}: installing ${name} ${version} for the tests`);
  if (ensureVenv(name, version)) return;
  console.error(
    `${what}: the tests use a program of somebody else’s, and ${name} can’t be installed. Install Python 3 with venv ("apt-get install python3-venv"), then run "npm test" again.`,
  );
  process.exitCode = 1;
}

function ensureVenv(name, version) {
  const folder = venv(`${name}-${version}`);
  const pip = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin', 'pip');
  mkdirSync(dirname(folder), { recursive: true });
  rmSync(folder, { recursive: true, force: true });
  const made =
    run('python3', ['-m', 'venv', folder]) &&
    run(pip, ['install', '--quiet', '--disable-pip-version-check', `${name}==${version}`]);
  if (!made) rmSync(folder, { recursive: true, force: true });
  return made;
}

const first = ([program, ...args]) => [program, args];

function run(program, args) {
  return spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'], timeout: TEN_MINUTES_MS }).status === 0;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  ensureBrowser();
  ensureSchemathesis();
  ensurePackage(findOpenpyxl(), 'Workbooks', 'openpyxl', OPENPYXL);
  ensurePackage(findPythonDocx(), 'Word documents', 'python-docx', PYTHON_DOCX);
}
