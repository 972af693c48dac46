import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { program, programFor } from '../../client/cli/program.ts';
import { packageRoot } from '../../platform/package-root.ts';
import { folderForThisTest } from '../embedded/temporary-folder.ts';
import { cli } from '../support/cli.ts';
import { madeCommand, packageOfModule } from '../support/made-command.ts';

const made = madeCommand();
const files = Object.values(made);
const modules = files.flatMap(({ from = [] }) => from);
const outside = [...new Set(files.flatMap(({ loads = [] }) => loads))].filter((each) => made[each] === undefined);
const inside = new Set(modules.flatMap((each) => packageOfModule(each) ?? []));
const packageOf = (specifier: string): string => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

describe('a module of the built command is there once, so that an error is of its class wherever it is caught', () => {
  test('in one of its files', () => {
    expect(modules.length).toBeGreaterThan(500);
    expect(modules.filter((each, index) => modules.indexOf(each) !== index)).toEqual([]);
  });

  test('and is loaded from nowhere else: what stands outside are packages and parts of Node', () => {
    const packages = outside.filter((each) => !isBuiltin(each)).map(packageOf);
    const { dependencies } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect(packages.filter((each) => dependencies[each] === undefined)).toEqual([]);
    expect(packages.filter((each) => inside.has(each))).toEqual([]);
  });

  test('a package in it is loaded by none outside of it, but those that only print', () => {
    const { packages } = JSON.parse(readFileSync(join(packageRoot(), 'package-lock.json'), 'utf8')) as {
      packages: Record<string, Partial<Record<'dependencies' | 'peerDependencies', Record<string, string>>>>;
    };
    const reached = new Set<string>();
    const reach = (name: string): void => {
      if (reached.has(name)) return;
      reached.add(name);
      const { dependencies, peerDependencies } = packages[`node_modules/${name}`] ?? {};
      Object.keys({ ...dependencies, ...peerDependencies }).forEach(reach);
    };
    outside.filter((each) => !isBuiltin(each)).forEach((each) => reach(packageOf(each)));
    expect([...inside].filter((each) => reached.has(each)).sort()).toEqual([
      'ansi-regex',
      // Of the program that comes with nunjucks, and that nobody runs.
      'commander',
      'emoji-regex',
      'is-fullwidth-code-point',
      'picocolors',
      'string-width',
      'strip-ansi',
    ]);
  });
});

describe('what a module of it finds beside itself is there', () => {
  const text = Object.keys(made)
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(packageRoot(), 'dist', 'command', name), 'utf8'))
    .join('\n');
  const placed = [...text.matchAll(/new URL\("\.\.\/([^"]+)", import\.meta\.url\)/g)].map(([, path = '']) => path);
  const threads = [...text.matchAll(/threadsFor\("\.\/([^"]+)", new URL\("\.\.\/([^"]+)"/g)];

  test.each(placed)('%s, as the compiler has left it', (path) => {
    expect(existsSync(join(packageRoot(), 'dist', path))).toBe(true);
  });

  test.each(threads.map(([, thread = '', beside = '']) => join(dirname(beside), `${thread}.js`)))(
    '%s',
    async (path) => {
      const thread = (await import(join(packageRoot(), 'dist', path))) as Record<string, unknown>;
      expect(thread['answerTo']).toBeTypeOf('function');
    },
  );

  test('each thread is looked for so', () => {
    expect(placed.length).toBeGreaterThan(threads.length);
    expect(threads.length).toBe(text.match(/threadsFor\("/g)?.length);
    expect(threads.length).toBeGreaterThan(5);
  });
});

test('where an error comes from is a line of the sources', async () => {
  const { err } = await cli(['calendar', 'add', '2026-11-23', 'some', '--debug']);
  expect(err).toMatch(/\(?\S*\/client\/(files|cli)\/\S+\.ts:\d+:\d+\)?/);
  expect(err).not.toContain('dist/command/');
});

describe('a call loads the command that it names', async () => {
  const whole = await program();
  const names = whole.commands.map((each) => each.name());

  test.each(names)('%s: alone it is what it is among all', async (name) => {
    const among = whole.commands.find((each) => each.name() === name);
    const alone = await programFor(name);
    expect(alone?.commands.map((each) => each.name())).toEqual([name]);
    expect(alone?.commands[0]?.helpGroup()).toBe(among?.helpGroup());
    expect(alone?.commands[0]?.helpInformation()).toBe(among?.helpInformation());
  });

  test('and all by their names where it names none: the help is that of the whole program', async () => {
    const { code, out } = await cli(['--help']);
    expect([code, out]).toEqual([0, whole.helpInformation()]);
    expect((await cli(['help'])).out).toBe(out);
  });

  test.each([
    ['calender', 'calendar'],
    ['sumbit', 'submit'],
  ])('%s: says what was meant', async (typed, meant) => {
    const { code, err } = await cli([typed]);
    expect([code, err]).toEqual([2, expect.stringContaining(`Did you mean ${meant}?`)]);
  });

  test.each(['constructor', 'toString', ''])('"%s" is no command', async (name) => {
    expect(await programFor(name)).toBeUndefined();
  });

  test('help of one command is its own', async () => {
    expect((await cli(['help', 'audit'])).out).toBe((await cli(['audit', '--help'])).out);
  });
});

describe('the build of the command', () => {
  /** A project of one command and one part of it, with the tool that makes files of them. */
  function project() {
    const folder = folderForThisTest();
    const write = (name: string, text: string): void => {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    };
    write('package.json', '{ "type": "module" }');
    write('dist/client/cli/contents.js', 'export const listCommands = () => Promise.resolve([]);');
    write('client/cli/main.ts', "void import('./part.ts').then(({ said }) => process.stdout.write(said));\n");
    copyFileSync(join(packageRoot(), 'client/cli/bundle-command.mjs'), join(folder, 'client/cli/bundle-command.mjs'));
    symlinkSync(join(packageRoot(), 'node_modules'), join(folder, 'node_modules'));
    const node = (name: string) => spawnSync(process.execPath, [join(folder, name)], { encoding: 'utf8' });
    return {
      command: join(folder, 'dist', 'command'),
      write,
      says: () => node('dist/command/main.js').stdout,
      build: (said: string) => {
        write('client/cli/part.ts', `export const said: string = ${JSON.stringify(said)} + import.meta.url;`);
        expect(node('client/cli/bundle-command.mjs')).toMatchObject({ status: 0, stderr: '' });
      },
    };
  }

  test('leaves what a command that runs still loads, and takes away what is older', () => {
    const { command, build, says } = project();
    const partsOf = () => readdirSync(command).filter((each) => /^part-.*\.js$/.test(each));
    build('one ');
    expect(says()).toMatch(/^one file:.*\/dist\/client\/cli\/part\.js$/);
    const [first = ''] = partsOf();
    build('two ');
    expect(says()).toMatch(/^two /);
    expect(partsOf()).toHaveLength(2);
    expect(partsOf()).toContain(first);
    build('three ');
    expect(says()).toMatch(/^three /);
    expect(partsOf()).toHaveLength(2);
    expect(partsOf()).not.toContain(first);
  });

  test.each([
    ['what is not there', "import './not-there.ts';", 'not-there.ts'],
    ['a module that awaits at its top', "await import('./part.ts');", 'client/cli/main.ts awaits at its top'],
    ['another', "export const part = await import('./part.ts');", 'client/cli/main.ts awaits at its top'],
  ])('refuses %s, and leaves the command as it was', (_what, text, complaint) => {
    const { command, build, write, says } = project();
    build('one ');
    write('client/cli/main.ts', text);
    const again = spawnSync(process.execPath, [join(command, '../../client/cli/bundle-command.mjs')], {
      encoding: 'utf8',
    });
    expect([again.status, again.stderr]).toEqual([1, expect.stringContaining(complaint)]);
    expect(says()).toMatch(/^one /);
  });
});
