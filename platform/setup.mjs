// Makes a fresh copy of duecourse ready to run, and does nothing, quickly, where it is: packages, build, and the parts it runs on.
// `node platform/setup.mjs start` before `npm start`, `… test` before `npm test`, `… cluster` before `npm run cluster`.
// Plain JavaScript without packages: it runs before there are any.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE_WANTED = [20, 19];
const SOURCES = [
  'domain',
  'platform',
  'register',
  'workflows',
  'activities',
  'worker',
  'client',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
];

const root = findRoot(dirname(fileURLToPath(import.meta.url)));
const purpose = process.argv[2];

checkNode();
if (!['start', 'test', 'cluster'].includes(purpose))
  fail(
    `Say what to set up for: "node platform/setup.mjs start", "… test" or "… cluster" (was: ${purpose ?? 'nothing'}).`,
    2,
  );
alone(() => {
  installPackages();
  build();
});
ensureParts();
if (purpose === 'test') ensureTools();

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = NODE_WANTED;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  fail(
    `duecourse needs Node ${NODE_WANTED.join('.')} or newer, and this is ${process.versions.node}. Install a newer one (https://nodejs.org) and try again.`,
  );
}

/** npm writes `node_modules/.package-lock.json` last, so a broken-off installation has none. */
function installPackages() {
  const installed = modified(join(root, 'node_modules', '.package-lock.json'));
  if (installed > 0 && installed >= modified(join(root, 'package-lock.json'))) return;
  console.log(`Packages: ${installed === 0 ? 'not installed yet' : 'older than package-lock.json'}; running "npm ci"`);
  npm(['ci'], 'The packages could not be installed');
}

function build() {
  const mark = join(root, 'dist', '.built');
  if (modified(mark) >= newest(SOURCES.map((name) => join(root, name)))) return;
  console.log(
    `Build: ${existsSync(mark) ? 'the sources are newer than dist/' : 'no dist/ yet'}; running "npm run build"`,
  );
  const began = new Date();
  npm(['run', 'build', '--silent'], 'The build failed');
  writeFileSync(mark, '');
  utimesSync(mark, began, began);
}

/** Temporal and PostgreSQL, by the code just built. */
function ensureParts() {
  const { status } = spawnSync(process.execPath, [join(root, 'dist', 'platform', 'embedded', 'ensure.js'), purpose], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** A browser, and what else only tests need. */
function ensureTools() {
  const { status } = spawnSync(process.execPath, [join(root, 'test', 'support', 'ensure-tools.mjs')], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** npm as npm itself called us, else the one on the PATH. */
function npm(args, complaint) {
  const own = process.env.npm_execpath;
  const [program, first] = own && /\.[cm]?js$/.test(own) ? [process.execPath, [own]] : ['npm', []];
  const { status, error } = spawnSync(program, [...first, ...args], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32' && program === 'npm',
  });
  if (status !== 0)
    fail(
      `${complaint}${error ? `: ${error.message}` : ''}. What npm said is above; "npm ${args.join(' ')}" tries it again.`,
    );
}

/** `npm start` and `npm test` at the same time must not install into the same folder: the second waits for the first. */
function alone(job) {
  const lock = join(tmpdir(), `duecourse-setup-${createHash('sha256').update(root).digest('hex').slice(0, 16)}.lock`);
  while (!take(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  process.once('exit', () => rmSync(lock, { force: true }));
  job();
  rmSync(lock, { force: true });
}

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!holderLives(lock)) rmSync(lock, { force: true });
    return false;
  }
}

function holderLives(lock) {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    // Taken this instant, its number not written yet.
    if (!pid) return Date.now() - modified(lock) < 5_000;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** When anything in these files and folders last changed; a folder's own time tells of what was removed. */
function newest(paths) {
  let latest = 0;
  for (const path of paths) {
    latest = Math.max(latest, modified(path));
    if (!existsSync(path) || !statSync(path).isDirectory()) continue;
    latest = Math.max(
      latest,
      newest(
        readdirSync(path)
          .filter((name) => name !== 'node_modules')
          .map((name) => join(path, name)),
      ),
    );
  }
  return latest;
}

function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function findRoot(folder) {
  if (existsSync(join(folder, 'package.json'))) return folder;
  if (dirname(folder) === folder) fail('No package.json above platform/setup.mjs: run it from the project.');
  return findRoot(dirname(folder));
}

function fail(message, code = 1) {
  console.error(message);
  process.exit(code);
}
