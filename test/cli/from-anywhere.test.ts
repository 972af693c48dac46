import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { afterAll, describe, expect, test } from 'vitest';
import { loadStart, startWarnings } from '../../client/files/load-start.ts';
import { calendarOf } from '../../domain/lifecycle/state.ts';
import { preview } from '../../domain/preview/preview.ts';
import { readSettings } from '../../platform/settings.ts';
import { cli } from '../support/cli.ts';
import { example, exampleFile } from '../support/example.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'duecourse-anywhere-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A command line typed in a folder, by a shell. */
function typed(line: string, cwd: string): Promise<{ code: number; out: string; err: string }> {
  const { PATH = '' } = process.env;
  return new Promise((resolve) => {
    execFile('sh', ['-c', line], { cwd, env: { PATH, HOME: folder, NO_COLOR: '1' } }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}

describe('./duecourse', () => {
  test('runs from the project’s folder, by its whole path, and by a link', async () => {
    symlinkSync(join(ROOT, 'duecourse'), join(folder, 'link'));
    for (const [program, cwd] of [
      ['./duecourse', ROOT],
      [`'${join(ROOT, 'duecourse')}'`, folder],
      ['./link', folder],
    ] as const)
      expect((await typed(`${program} calendar add 2016-02-19 90`, cwd)).out).toContain('Thursday 30 June 2016');
  });

  test('elsewhere is a file that is not there: nothing is asked of a registry', async () => {
    const { code, err } = await typed('./duecourse list', folder);
    expect([code, err]).toEqual([127, expect.stringMatching(/not found|No such file/)]);
  });

  test('finds the state where it was put, whatever the present folder', async () => {
    const { err } = await typed(`'${join(ROOT, 'duecourse')}' list`, folder);
    expect(err).toContain(`No register is running under ${join(ROOT, 'var')}`);
    expect(readSettings({}).varDir).toBe(join(ROOT, 'var'));
    expect(readSettings({}).outboxDir).toBe(join(ROOT, 'var', 'outbox'));
    // One that is set is where the shell says it is.
    expect(readSettings({ DUECOURSE_VAR: 'elsewhere' }).varDir).toBe(join(process.cwd(), 'elsewhere'));
  });
});

test('nothing that people read tells them to run what a registry may answer', () => {
  const { stdout } = spawnSync('git', ['grep', '-lE', 'npx duec[o]urse'], { cwd: ROOT, encoding: 'utf8' });
  expect(stdout.split('\n').filter((file) => file !== '' && file !== 'CHANGELOG.md')).toEqual([]);
});

describe('before anything is brought up', () => {
  test.each(['dev', 'web'])('%s sees that its port is taken', async (command) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const varDir = join(folder, `var-${command}`);
    const { code, out, err } = await cli([command], { DUECOURSE_VAR: varDir, DUECOURSE_PORT: String(port) });
    server.close();
    expect([code, out, err]).toEqual([
      1,
      '',
      expect.stringContaining(
        `The pages can't be served on 127.0.0.1:${port}. Something else is listening at 127.0.0.1:${port}.`,
      ),
    ]);
    expect(existsSync(varDir)).toBe(false);
  });
});

describe('a start that makes everything overdue', () => {
  const late = (name: string, today: string, received?: string) =>
    startWarnings(example(name, received === undefined ? {} : { received }), today).late;

  test('is asked about, with how many, and how late the worst would be', () => {
    expect(late('middlesbrough-2011', '2026-11-24')).toEqual({
      text: expect.stringMatching(
        /it would be late already: [^"]+, due Thursday 18 August 2011, \d{4} working days late, and 2 more with it/,
      ) as string,
      inFile: expect.stringContaining('under `happened`') as string,
      long: true,
    });
  });

  test('is not, where the report has just come, or a duty is some days late', () => {
    expect(late('middlesbrough-2016', '2026-11-24', '2026-11-20')?.long ?? false).toBe(false);
    expect(late('middlesbrough-2011', '2011-08-30')).toEqual({
      text: expect.stringContaining('7 working days late') as string,
      inFile: expect.stringContaining('under `happened`') as string,
      long: false,
    });
  });
});

test('preview tells nobody of a decision’s window before its record is published', () => {
  const loaded = loadStart(exampleFile('stockton-on-tees-2010'));
  const { facts } = loaded;
  const [decision] = facts.inspection.decisions;
  const shown = preview(facts, calendarOf(loaded));
  const window = shown.milestones.find((each) => each.id === 'call-in-window/inspection-outcome');
  expect([decision?.publishedOn, window?.notices.map((each) => each.on)]).toEqual([
    '2010-10-29',
    ['2010-10-29', '2010-11-05'],
  ]);
  // Started later, it is told on the day of the start.
  const later = preview(facts, calendarOf(loaded), { today: '2010-11-02' });
  expect(later.milestones.find((each) => each.id === window?.id)?.notices[0]?.on).toBe('2010-11-02');
});

test('a file of thousands of actions says that it takes its time, and takes seconds', async () => {
  const file = join(folder, 'large.yaml');
  const { actions, ...rest } = parse(readFileSync(exampleFile('middlesbrough-2016'), 'utf8')) as {
    actions: Record<string, unknown>[];
  };
  const many = Array.from({ length: 3000 }, (_, n) => ({ ...actions[0], id: `x${n}`, title: `Action ${n}` }));
  const authority = join(ROOT, 'examples', 'authorities', 'middlesbrough.yaml');
  writeFileSync(file, stringify({ ...rest, authority, actions: many }, { aliasDuplicateObjects: false }));
  const { code, out, err } = await cli(['preview', file, '--short']);
  expect([code, err]).toEqual([
    0,
    expect.stringMatching(/Reading [^\n]*large\.yaml, \d+ KiB …\nWorking out 3000 actions/),
  ]);
  expect(out.match(/Action \d+/g)).toHaveLength(3000);
});
