import { spawn } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { cleanEnvironment, type Ended, FixtureProject, root } from './fixture-project.ts';

const RUNNER = join(root, 'test/run.mjs');
const PASSES = 'node -e 0';
const NAMES = ['typecheck', 'lint', 'format:check', 'knip', 'knip:production', 'layers', 'cycles'] as const;
const CHECKS: Record<(typeof NAMES)[number], string> = {
  typecheck: PASSES,
  lint: PASSES,
  'format:check': PASSES,
  knip: PASSES,
  'knip:production': PASSES,
  layers: PASSES,
  cycles: PASSES,
};
/** The last line of a run in which every check passed. */
const counted = (tests: number, failed: number, skipped = ''): string =>
  `${NAMES.length + tests} passed, ${failed} failed${skipped}`;
const CONFIG = "export default { cacheDir: '.cache', test: { include: ['test/*.test.ts'] } };\n";

const inTest = (body: string) => `import { beforeAll, describe, expect, it } from 'vitest';\n${body}\n`;
const one = inTest("it('holds', () => expect(1).toBe(1));");

const projects: FixtureProject[] = [];

/** A project whose checks all pass, unless told otherwise, and whose suite is these files. */
function project(files: Record<string, string>, checks: object = CHECKS): FixtureProject {
  const packageJson = JSON.stringify({ name: 'fixture', type: 'module', scripts: checks });
  const made = new FixtureProject({ 'package.json': packageJson, 'vitest.config.ts': CONFIG, ...files });
  projects.push(made);
  return made;
}

const npmTest = (on: FixtureProject, env: Record<string, string> = {}, ...args: string[]): Promise<Ended> =>
  on.run(process.execPath, [RUNNER, ...args], env);

const lastLine = ({ stdout }: Ended): string | undefined => {
  expect(stdout.endsWith('\n')).toBe(true);
  return stdout.slice(0, -1).split('\n').at(-1);
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

afterAll(() => projects.forEach((each) => each.remove()));

describe.concurrent('npm test', () => {
  it('counts each check and each test', async () => {
    const ended = await npmTest(
      project({ 'test/a.test.ts': inTest("it.each([1, 2])('%i', (n) => expect(n).toBe(n));") }),
    );
    expect(lastLine(ended)).toBe(counted(2, 0));
    expect(ended.code).toBe(0);
  });

  it('fails with a test', async () => {
    const ended = await npmTest(
      project({ 'test/a.test.ts': one, 'test/b.test.ts': inTest("it('breaks', () => expect(1).toBe(2));") }),
    );
    expect(ended.stdout).toContain('  test/b.test.ts > breaks\n');
    expect(lastLine(ended)).toBe(counted(1, 1));
    expect(ended.code).toBe(1);
  });

  it('fails with a check, shows what it said, and still runs the suite', async () => {
    const { layers: _, ...without } = CHECKS;
    const checks = { ...without, lint: 'node -e "console.error(\'wrong here\'); process.exit(3)"' };
    const ended = await npmTest(project({ 'test/a.test.ts': one }, checks));
    expect(ended.stdout).toContain('wrong here');
    expect(ended.stdout).toContain('Failed:\n  npm run lint\n  npm run layers\n');
    expect(lastLine(ended)).toBe(counted(-1, 2));
    expect(ended.code).toBe(1);
  });

  const skipping = { 'test/a.test.ts': `${one}it.skip('is skipped', () => {});\nit.todo('is to be done');\n` };

  it('says what was skipped', async () => {
    const ended = await npmTest(project(skipping));
    expect(lastLine(ended)).toBe(counted(1, 0, ', 2 skipped'));
    expect(ended.code).toBe(0);
  });

  it('fails with a skipped test in CI', async () => {
    const ended = await npmTest(project(skipping), { CI: 'true' });
    expect(lastLine(ended)).toBe(counted(1, 0, ', 2 skipped'));
    expect(ended.code).toBe(1);
  });

  it('passes in CI where nothing was skipped', async () => {
    const ended = await npmTest(project({ 'test/a.test.ts': one }), { CI: 'true' });
    expect(lastLine(ended)).toBe(counted(1, 0));
    expect(ended.code).toBe(0);
  });

  it.each([
    ['vitest does not start', { 'vitest.config.ts': "throw new Error('no');\n", 'test/a.test.ts': one }, counted(0, 1)],
    [
      'vitest dies',
      {
        'test/a.test.ts': one,
        'die.ts': "export default () => process.kill(process.pid, 'SIGKILL');\n",
        'vitest.config.ts': CONFIG.replace('test: {', "test: { globalSetup: ['./die.ts'],"),
      },
      counted(0, 1),
    ],
    ['there is no test', {}, counted(0, 1)],
    [
      'there is no test, and vitest minds not',
      { 'vitest.config.ts': CONFIG.replace('test: {', 'test: { passWithNoTests: true,') },
      counted(0, 1),
    ],
    ['all are skipped', { 'test/a.test.ts': inTest("it.skip('x', () => {});") }, counted(0, 1, ', 1 skipped')],
    ['a file does not load', { 'test/a.test.ts': one, 'test/b.test.ts': "import './gone.ts';\n" }, counted(1, 1)],
    [
      'a hook fails',
      {
        'test/a.test.ts': one,
        'test/b.test.ts': inTest("beforeAll(() => {\n  throw new Error('no');\n});\nit('x', () => {});"),
      },
      counted(1, 1, ', 1 skipped'),
    ],
    [
      'an error is left unhandled',
      { 'test/a.test.ts': inTest("it('x', () => void Promise.reject(new Error('lost')));") },
      counted(1, 1),
    ],
  ])('fails where %s', async (_what, files, line) => {
    const ended = await npmTest(project(files));
    expect(lastLine(ended)).toBe(line);
    expect(ended.code).toBe(1);
  });

  it('hands its arguments to vitest', async () => {
    const files = { 'test/a.test.ts': one, 'test/b.test.ts': inTest("it('breaks', () => expect(1).toBe(2));") };
    expect(lastLine(await npmTest(project(files), {}, 'test/a'))).toBe(counted(1, 0));
  });

  it('ends what it has started when it is interrupted', async () => {
    const endless =
      "import { writeFileSync } from 'node:fs';\nwriteFileSync('begun', String(process.pid));\nawait new Promise(() => setInterval(() => {}, 1000));\n";
    const on = project({ 'test/a.test.ts': `${endless}${one}` });
    const runner = spawn(process.execPath, [RUNNER], {
      cwd: on.folder,
      env: cleanEnvironment(),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let stdout = '';
    runner.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    const worker = await vi.waitFor(() => Number(/^\d+$/.exec(readFileSync(join(on.folder, 'begun'), 'utf8'))![0]), {
      timeout: 20_000,
    });
    expect(isAlive(worker)).toBe(true);
    runner.kill('SIGINT');
    const code = await new Promise((resolve) => runner.once('close', resolve));
    expect(stdout).toContain('stopped by SIGINT');
    expect(lastLine({ code: 1, stdout, stderr: '' })).toMatch(/^7 passed, \d failed$/);
    expect(code).toBe(1);
    // Orphaned by then, it is there until the system's first process has taken note of its end.
    await vi.waitFor(() => expect(isAlive(worker)).toBe(false), { timeout: 20_000 });
  });
});

describe.concurrent('.ci/run', () => {
  /** npm in a project with the project's own .ci/run and runner. */
  const ci = (files: Record<string, string>, scripts: object): Promise<Ended> => {
    const on = project(files, { ...CHECKS, test: `node ${RUNNER}`, ...scripts });
    cpSync(join(root, '.ci/run'), join(on.folder, '.ci/run'));
    return on.run(join(on.folder, '.ci/run'), []);
  };

  it("ends as npm test does, with the runner's last line", async () => {
    const ended = await ci({ 'test/a.test.ts': one }, {});
    expect(lastLine(ended)).toBe(counted(1, 0));
    expect(ended.code).toBe(0);
  });

  it('fails with a skipped test', async () => {
    const ended = await ci({ 'test/a.test.ts': `${one}it.skip('is skipped', () => {});\n` }, {});
    expect(lastLine(ended)).toBe(counted(1, 0, ', 1 skipped'));
    expect(ended.code).toBe(1);
  });

  it('says so where setting up failed', async () => {
    const ended = await ci({ 'test/a.test.ts': one }, { pretest: 'node -e "process.exit(7)"' });
    expect(lastLine(ended)).toBe('0 passed, 1 failed');
    expect(ended.code).toBe(7);
  });
});
