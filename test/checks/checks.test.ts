import { afterAll, describe, expect, it } from 'vitest';
import { FixtureProject } from './fixture-project.ts';

/** A package.json whose scripts use the files that every fixture has. */
const packageJson = (dependencies: object = {}) =>
  JSON.stringify({
    name: 'fixture',
    type: 'module',
    scripts: {
      lint: 'oxlint',
      layers: 'node test/checks/layers.mjs',
      cycles: 'node test/checks/cycles.mjs',
      'knip:production': 'knip --production --config test/checks/knip-production.mjs',
    },
    dependencies,
    devDependencies: { oxlint: '*', knip: '*' },
  });

const projects: FixtureProject[] = [];

function project(files: Record<string, string>): FixtureProject {
  const made = new FixtureProject(files);
  projects.push(made);
  return made;
}

afterAll(() => projects.forEach((each) => each.remove()));

describe.concurrent('the compiler', () => {
  it.each([
    ['a wrong type', "export const x: number = '1';"],
    ['an index that may be undefined', 'export const f = (x: number[]): number => x[0];'],
    ['an enum, which Node could not strip', 'export enum X {\n  A,\n}'],
    ['a type imported as a value', "import { PathLike } from 'node:fs';\nexport const f = (x: PathLike) => x;"],
  ])('refuses %s', async (_what, code) => {
    const { code: ended, stdout } = await project({ 'domain/a.ts': code }).script('typecheck');
    expect(stdout).toContain('domain/a.ts(');
    expect(ended).not.toBe(0);
  });
});

describe.concurrent('the formatter', () => {
  it('refuses code laid out otherwise', async () => {
    const { code, stdout } = await project({
      'domain/a.ts': 'export const a = "b"\n',
      'client/b.mjs': 'export const b=1;\n',
    }).script('format:check');
    expect(code).toBe(1);
    expect(stdout).toContain('domain/a.ts');
    expect(stdout).toContain('client/b.mjs');
  });

  it('lets data and prose be', async () => {
    const { code } = await project({
      'domain/a.ts': "export const a = 'b';\n",
      'rules/a.yaml': "a:    'b'\n",
      'rules/b.json': '{"a":1}',
      'docs/a.md': '*  a\n',
      'dist/a.js': 'a( )',
    }).script('format:check');
    expect(code).toBe(0);
  });
});

describe.concurrent('knip', () => {
  const entries = {
    'client/cli/main.ts': "import { used } from '../../domain/a.ts';\nused();\n",
    'domain/a.ts': 'export const used = () => 1;\n',
  };

  it.each([
    ['an export nobody uses', { 'domain/a.ts': 'export const used = () => 1;\nexport const idle = 1;\n' }, 'idle'],
    ['a file nobody imports', { 'domain/lonely.ts': 'export const x = 1;\n' }, 'domain/lonely.ts'],
    ['a dependency nobody imports', { 'package.json': packageJson({ yaml: '2.9.1' }) }, 'yaml'],
    [
      'an import that package.json does not know',
      { 'domain/a.ts': "import 'yaml';\nexport const used = () => 1;\n" },
      'yaml',
    ],
  ])('refuses %s', async (_what, files, name) => {
    const { code, stdout } = await project({ 'package.json': packageJson(), ...entries, ...files }).script('knip');
    expect(stdout).toMatch(new RegExp(`^Unused|^Unlisted`));
    expect(stdout).toContain(name);
    expect(code).toBe(1);
  });

  it('lets entries be, and the types of schemas', async () => {
    const { code, stdout } = await project({
      'package.json': packageJson(),
      ...entries,
      'domain/a.ts': "export { used } from './schemas/a.ts';\n",
      'domain/schemas/a.ts': 'export const used = () => 1;\nexport type Used = number;\n',
      'worker/main.ts': 'export const x = 1;\n',
    }).script('knip');
    expect(stdout).toBe('');
    expect(code).toBe(0);
  });
});

describe.concurrent('knip, of what is delivered', () => {
  const files = (domain: string, more: Record<string, string> = {}) => ({
    'package.json': packageJson(),
    'client/cli/main.ts': "import { used } from '../../domain/a.ts';\nused();\n",
    'domain/a.ts': `export const used = () => 1;\n${domain}`,
    ...more,
  });
  const uses = (what: string, from: string) => `import { ${what} } from '${from}';\nvoid ${what};\n`;

  it('refuses what a test alone uses, which knip as such lets be', async () => {
    const only = project(files('export const tested = 2;\n', { 'test/a.test.ts': uses('tested', '../domain/a.ts') }));
    expect((await only.script('knip')).stdout).toBe('');
    const { code, stdout } = await only.script('knip:production');
    expect(stdout).toContain('tested');
    expect(code).toBe(1);
  });

  it('refuses a file that a bench alone uses', async () => {
    const only = project(
      files('', { 'domain/b.ts': 'export const b = 1;\n', 'bench/b.ts': uses('b', '../domain/b.ts') }),
    );
    const { code, stdout } = await only.script('knip:production');
    expect(stdout).toContain('domain/b.ts');
    expect(code).toBe(1);
  });

  it('lets be what its own file uses, and a test as well', async () => {
    const both = project(
      files('export const part = 2;\nexport const whole = () => part;\n', {
        'client/cli/main.ts': "import { used, whole } from '../../domain/a.ts';\nused();\nwhole();\n",
        'test/a.test.ts': uses('part', '../domain/a.ts'),
      }),
    );
    expect(await both.script('knip:production')).toMatchObject({ code: 0, stdout: '' });
  });
});

describe.concurrent('the circles', () => {
  const a = 'export type A = string;\n';

  it.each([
    [
      'of types alone',
      {
        'domain/a.ts': `import type { B } from './b.ts';\n${a}export type C = B;\n`,
        'domain/b.ts': "import type { A } from './a.ts';\nexport type B = A;\n",
      },
      'domain/a.ts → domain/b.ts → domain/a.ts',
    ],
    [
      'of three, one of them handing on',
      {
        'platform/a.ts': "import { c } from './c.ts';\nexport const a = c;\n",
        'platform/b.ts': "export type { A } from './a.ts';\n",
        'platform/c.ts': "import type { A } from './b.ts';\nexport const c = (x: A) => x;\n",
      },
      'platform/a.ts → platform/c.ts → platform/b.ts → platform/a.ts',
    ],
    [
      'by an import that comes late',
      {
        'client/a.ts': "export const a = () => import('./b.ts');\n",
        'client/b.ts': "import type { a } from './a.ts';\nexport type B = typeof a;\n",
      },
      'client/a.ts → client/b.ts → client/a.ts',
    ],
  ])('refuses one %s', async (_what, files, circle) => {
    const { code, stderr } = await project(files).script('cycles');
    expect(stderr).toBe(`A circle of imports: ${circle}\n`);
    expect(code).toBe(1);
  });

  it('lets two ways to one file be, and a circle in a comment', async () => {
    const { code, stderr } = await project({
      'domain/a.ts': `// import type { C } from './c.ts';\n${a}`,
      'domain/b.ts': "import type { A } from './a.ts';\nexport type B = A;\n",
      'domain/c.ts': "import type { A } from './a.ts';\nimport type { B } from './b.ts';\nexport type C = A | B;\n",
    }).script('cycles');
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it('refuses to have checked nothing', async () => {
    expect((await project({}).script('cycles')).code).toBe(1);
  });
});

describe.concurrent('the layers', () => {
  const workflow = "import { a } from '../domain/a.ts';\nexport const x = a;\n";

  it('refuses what comes into the bundle by another file, and says by which', async () => {
    const { code, stderr } = await project({
      'workflows/workflows.ts': workflow,
      'domain/a.ts': "import { type B } from './b.ts';\nexport const a = (b: B) => b;\n",
      'domain/b.ts': "import {\n  z,\n} from 'zod';\nexport type B = string;\nexport const b = z;\n",
    }).script('layers');
    expect(stderr).toContain('workflows/workflows.ts → domain/a.ts → domain/b.ts → zod:');
    expect(code).toBe(1);
  });

  it.each([
    ['a node: module', "import { join } from 'node:path';\nexport const a = join;\n", 'node:path'],
    ['an activity', "export { a } from '../activities/a.ts';\n", 'activities/a.ts'],
    ['a package imported for its effects', "import 'pg';\nexport const a = 1;\n", 'pg'],
    ['a package imported late', "export const a = async () => await import('pg');\n", 'pg'],
    ['a default named type', "import type from 'pg';\nexport const a = type;\n", 'pg'],
    ['@date-fns/tz', "export * from '@date-fns/tz';\n", '@date-fns/tz'],
  ])('refuses %s', async (_what, code, what) => {
    const files = {
      'workflows/workflows.ts': workflow,
      'domain/a.ts': code,
      'activities/a.ts': 'export const a = 1;\n',
    };
    const { code: ended, stderr } = await project(files).script('layers');
    expect(stderr).toContain(`workflows/workflows.ts → domain/a.ts → ${what}:`);
    expect(ended).toBe(1);
  });

  const shared = (imports: string) => ({
    'workflows/workflows.ts': workflow,
    'workflows/shared-modules.ts': imports,
    'workflows/keeper.ts': 'export const keeper = 1;\n',
    'domain/a.ts': "import { b } from './b.ts';\nexport const a = b;\n",
    'domain/b.ts': 'export const b = 1;\n',
  });

  it('refuses code of the domain that every lifecycle would make for itself', async () => {
    const { code, stderr } = await project(shared("import '../domain/b.ts';\n")).script('layers');
    expect(stderr).toBe(
      'domain/a.ts: every lifecycle in memory would make it for itself; import it in workflows/shared-modules.ts.\n',
    );
    expect(code).toBe(1);
  });

  it.each(['@temporalio/workflow', './keeper.ts'])(
    'refuses to share %s, which is a running workflow’s own',
    async (own) => {
      const { code, stderr } = await project(shared(`import '../domain/a.ts';\nimport '${own}';\n`)).script('layers');
      expect(stderr).toContain("it keeps a running workflow's own things, so it may not be shared.");
      expect(code).toBe(1);
    },
  );

  it('lets the domain be shared whole', async () => {
    const { code, stderr } = await project(shared("import '../domain/a.ts';\n")).script('layers');
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it('refuses to have checked nothing', async () => {
    expect((await project({}).script('layers')).code).toBe(1);
  });

  it('lets types be, comments, and what the bundle may carry', async () => {
    const { code, stderr } = await project({
      'workflows/workflows.ts': `import { sleep } from '@temporalio/workflow';\nimport type { A } from '../activities/a.ts';\n${workflow}`,
      'domain/a.ts':
        "// import 'pg';\n/*\nimport 'pg';\n*/\nimport { addDays } from 'date-fns/addDays';\nimport type { z } from 'zod';\nexport const a = (x: z.ZodAny) => x;\n",
    }).script('layers');
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });
});
