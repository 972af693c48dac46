import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../platform/package-root.ts';
import { folderForThisTest } from './temporary-folder.ts';

describe('platform/setup.mjs', () => {
  test('on a fresh copy installs, builds and fetches the parts, in this order; then nothing, in no time', () => {
    const project = freshProject();
    const first = project.setup('start');
    expect(first.status).toBe(0);
    expect(project.said()).toEqual(['npm ci', 'npm run build --silent', 'ensure start']);
    expect(first.stdout).toContain('running "npm ci"');

    const second = project.setup('test');
    expect(project.said()).toEqual(['ensure test', 'ensure tools']);
    expect(second.stdout).toBe('');
    expect(second.tookMs).toBeLessThan(10 * nodeAloneMs());

    const third = project.setup('cluster');
    expect([third.status, project.said()]).toEqual([0, ['ensure cluster']]);
  });

  test('installs again after a change of package-lock.json, builds again after a change or a removal in the sources', () => {
    const project = freshProject();
    project.setup('start');
    project.said();

    project.touch('package-lock.json');
    project.setup('start');
    expect(project.said()).toEqual(['npm ci', 'ensure start']);

    project.touch('domain/one.ts');
    project.setup('start');
    expect(project.said()).toEqual(['npm run build --silent', 'ensure start']);

    rmSync(join(project.folder, 'domain/one.ts'));
    project.setup('start');
    expect(project.said()).toEqual(['npm run build --silent', 'ensure start']);
  });

  test('a failed step ends it, says which, and is tried again next time', () => {
    const project = freshProject();
    const failed = project.setup('start', { FAIL: 'run' });
    expect(failed.status).toBe(1);
    expect(failed.stderr).toContain('The build failed');
    expect(project.said()).toEqual(['npm ci', 'npm run build --silent']);
    project.setup('start');
    expect(project.said()).toEqual(['npm run build --silent', 'ensure start']);
    expect(project.setup('start', { FAIL: 'ensure' }).status).toBe(1);
  });

  test('refuses a Node that is too old, before anything else, and an argument that it does not know', () => {
    const project = freshProject();
    for (const version of ['18.20.0', '20.18.9']) {
      const old = project.setup('start', { NODE_OPTIONS: `--import "${pretending(version)}"` });
      expect(old.status).toBe(1);
      expect(old.stderr).toContain(`duecourse needs Node 20.19 or newer, and this is ${version}`);
    }
    const unknown = project.setup('go');
    expect(unknown.status).toBe(2);
    expect(unknown.stderr).toContain('was: go');
    expect(project.said()).toEqual([]);
  });
});

/** A module, as an address, that makes Node call itself by another version. */
function pretending(version: string): string {
  return `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`;
}

/** A project with the real setup.mjs, and an npm that writes down what it is asked to do. */
/** How long this machine takes at this moment to start a Node that does nothing, in milliseconds: the set-up starts three. */
function nodeAloneMs(): number {
  const began = performance.now();
  spawnSync(process.execPath, ['--eval', '0']);
  return performance.now() - began;
}

function freshProject() {
  const folder = folderForThisTest();
  for (const name of ['platform', 'domain', 'test/support']) mkdirSync(join(folder, name), { recursive: true });
  for (const name of ['package.json', 'package-lock.json', 'domain/one.ts']) writeFileSync(join(folder, name), '{}');
  copyFileSync(join(packageRoot(), 'platform', 'setup.mjs'), join(folder, 'platform', 'setup.mjs'));
  writeFileSync(join(folder, 'npm.cjs'), NPM);
  writeFileSync(join(folder, 'test/support/ensure-tools.mjs'), TOOLS);
  for (const name of ['package.json', 'package-lock.json', 'domain/one.ts', 'domain', 'platform/setup.mjs', 'platform'])
    age(join(folder, name), -60);
  const said = join(folder, 'said');
  return {
    folder,
    touch: (name: string) => age(join(folder, name), 0),
    setup: (purpose: string, env: Record<string, string> = {}) => {
      const began = performance.now();
      const run = spawnSync(process.execPath, [join(folder, 'platform', 'setup.mjs'), purpose], {
        encoding: 'utf8',
        env: { ...process.env, npm_execpath: join(folder, 'npm.cjs'), ...env },
      });
      return { status: run.status, stdout: run.stdout, stderr: run.stderr, tookMs: performance.now() - began };
    },
    /** What npm and the parts were asked since the last time. */
    said: () => {
      const lines = existsSync(said) ? readFileSync(said, 'utf8').trim().split('\n') : [];
      rmSync(said, { force: true });
      return lines;
    },
  };
}

/** Sets when a file was last changed: seconds from now. */
function age(path: string, seconds: number): void {
  const at = Date.now() / 1000 + seconds;
  utimesSync(path, at, at);
}

const TOOLS = `
import { appendFileSync } from 'node:fs';
appendFileSync('said', 'ensure tools\\n');
`;

const NPM = `
const fs = require('fs'), path = require('path');
const root = __dirname, args = process.argv.slice(2);
fs.appendFileSync(path.join(root, 'said'), 'npm ' + args.join(' ') + '\\n');
if (args[0] === process.env.FAIL) process.exit(1);
const write = (file, text) => { fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true }); fs.writeFileSync(path.join(root, file), text); };
if (args[0] === 'ci') write('node_modules/.package-lock.json', '{}');
if (args[0] === 'run') write('dist/platform/embedded/ensure.js', "require('fs').appendFileSync(" + JSON.stringify(path.join(root, 'said')) + ", 'ensure ' + process.argv[2] + '\\\\n'); process.exit(process.env.FAIL === 'ensure' ? 1 : 0);");
`;
