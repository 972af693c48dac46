import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVitest } from 'vitest/node';
import { FixtureProject, root } from './fixture-project.ts';
import { reachedFrom } from './reached.ts';

const config = readFileSync(join(root, 'vitest.config.ts'), 'utf8');
const passes = "import { expect, it } from 'vitest';\nit('holds', () => expect(1).toBe(1));\n";
const leaves = (file: string) =>
  `import { writeFileSync } from 'node:fs';\nexport default () => writeFileSync('${file}', '');\n`;

/** What only a test with a server or a program beside it imports. */
const SERVERS = /^(pg|smtp-server|node:(net|http|https|child_process)|@temporalio\/(client|worker|testing|workflow))$/;

describe.concurrent('the three projects of the suite', () => {
  const files = {
    'vitest.config.ts': config,
    'test/support/global-setup.ts': leaves('bundled'),
    'test/support/own-process.ts': 'export {};\n',
    'test/support/temporal-server.ts': leaves('served'),
    'test/domain/a.test.ts': passes,
    'test/mail/pure/b.test.ts': passes,
    'test/checks/c.test.ts': passes,
    'test/calendar/zones.test.ts': passes,
    'test/mail/d.test.ts': passes,
  };
  const projects: FixtureProject[] = [];
  const run = async (...args: string[]) => {
    const made = new FixtureProject(files);
    projects.push(made);
    const { code, stdout } = await made.run('vitest', ['run', '--reporter=verbose', ...args]);
    const started = ['bundled', 'served'].filter((file) => existsSync(join(made.folder, file)));
    return {
      code,
      started,
      ran: [...stripVTControlCharacters(stdout).matchAll(/[| ](pure|programs|servers)[| ] (\S+\.test\.ts)/g)].map(
        ([, ...each]) => each.join(' '),
      ),
    };
  };
  afterAll(() => projects.forEach((each) => each.remove()));

  it('starts no server for a pure test that is asked for by its folder', async () => {
    expect(await run('test/domain')).toEqual({ code: 0, started: [], ran: ['pure test/domain/a.test.ts'] });
  });

  it('starts no server for the pure project, nor for programs', async () => {
    const { ran, ...rest } = await run('--project', 'pure', '--project', 'programs');
    expect(rest).toEqual({ code: 0, started: [] });
    expect(ran.toSorted()).toEqual([
      'programs test/calendar/zones.test.ts',
      'programs test/checks/c.test.ts',
      'pure test/domain/a.test.ts',
      'pure test/mail/pure/b.test.ts',
    ]);
  });

  it('starts the servers for what is in no pure folder, and runs each file once', async () => {
    const { ran, ...rest } = await run();
    expect(rest).toEqual({ code: 0, started: ['bundled', 'served'] });
    expect(ran.toSorted()).toEqual([
      'programs test/calendar/zones.test.ts',
      'programs test/checks/c.test.ts',
      'pure test/domain/a.test.ts',
      'pure test/mail/pure/b.test.ts',
      'servers test/mail/d.test.ts',
    ]);
  });
});

it('the files that are begun first are there', () => {
  const [, named = ''] = /LONGEST = \[([^\]]+)\]/.exec(config) ?? [];
  const files = [...named.matchAll(/'([^']+)'/g)].map(([, name]) => `test/${name}.test.ts`);
  expect(files.length).toBeGreaterThan(5);
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

describe('the pure tests', () => {
  let pure: string[] = [];
  beforeAll(async () => {
    const vitest = await createVitest('test', { root, project: ['pure'], watch: false });
    pure = (await vitest.globTestSpecifications()).map(({ moduleId }) => moduleId);
    await vitest.close();
  });

  it('import nothing that a server needs, however far', () => {
    expect(pure.length).toBeGreaterThan(30);
    expect(pure.flatMap((file) => reachedFrom(file, SERVERS))).toEqual([]);
  });

  it('would be told where one did', () => {
    const [way] = reachedFrom(join(root, 'test/mail/smtp.test.ts'), SERVERS);
    expect(way).toBe('test/mail/smtp.test.ts → test/mail/servers.ts → node:net');
  });
});

describe('the pages and the commands', () => {
  const main = join(root, 'client/cli/main.ts');
  const WORKER = /^@temporalio\/worker$/;

  it('load nothing of the worker, which takes a third of a second and thirty MiB, but for those that run one', () => {
    const runOne = ['client/cli/run-dev.ts', 'client/cli/run-rehearsal.ts'];
    expect(reachedFrom(main, WORKER, { whenAsked: true, except: runOne })).toEqual([]);
  });

  it('would be told where one did', () => {
    expect(reachedFrom(main, WORKER, { whenAsked: true })).not.toEqual([]);
  });
});
