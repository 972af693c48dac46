import { afterAll, describe, expect, it } from 'vitest';
import { FixtureProject } from './fixture-project.ts';

/** A package.json whose scripts use the files that every fixture has. */
const packageJson = (dependencies: object = {}) =>
  JSON.stringify({
    name: 'fixture',
    type: 'module',
    scripts: { lint: 'oxlint', layers: 'node test/checks/layers.mjs' },
    dependencies,
    devDependencies: { oxlint: '*' },
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
