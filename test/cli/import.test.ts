import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRegister, type Register } from '../../register/register.ts';
import { entry } from '../register/support.ts';
import { breakableWay } from '../support/breakable-way.ts';
import { cli, runCli } from '../support/cli.ts';
import { ownPlace } from '../support/place.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'duecourse-import-'));
const ends: (() => Promise<void>)[] = [];
let variables: Record<string, string> = {};
let register: Register;

beforeAll(async () => {
  variables = await ownPlace(folder, (end) => ends.unshift(end));
  register = openRegister({ url: variables['DATABASE_URL'] ?? '' });
  ends.unshift(() => register.close());
});
afterAll(async () => {
  for (const end of ends) await end();
  rmSync(folder, { recursive: true, force: true });
});

/** A council with its file, and as many inspections as are asked for; each test has a council of its own. */
function council(id: string, inspections: number): string {
  const dir = join(folder, id);
  mkdirSync(join(dir, 'later'), { recursive: true });
  const authority = readFileSync(join(EXAMPLES, 'authorities', 'worcestershire.yaml'), 'utf8');
  writeFileSync(join(dir, 'council.yaml'), authority.replace(/^id: .*$/m, `id: ${id}`));
  for (let index = 1; index <= inspections; index++) {
    const inFolder = index % 2 === 0;
    const name = `${String(index).padStart(3, '0')}.yaml`;
    writeFileSync(join(dir, inFolder ? 'later' : '.', name), inspection(`i-${index}`, inFolder ? '../' : ''));
  }
  return dir;
}

const inspection = (reference: string, up = '', title = `Inspection ${reference}`): string =>
  [
    `reference: ${reference}`,
    `title: ${title}`,
    `authority: ${up}council.yaml`,
    'framework: ilacs-2018',
    'fieldwork: { from: 2026-03-02, until: 2026-03-13 }',
    'report: { received: 2026-04-20, published: 2026-04-27 }',
    '',
  ].join('\n');

interface Report {
  counts: Record<string, number>;
  stopped: string | null;
  files: {
    file: string;
    inspection: string | null;
    outcome: string;
    problems: { file: string; line: number | null; column: number | null; text: string }[];
  }[];
}

async function imported(args: string[]): Promise<Report & { code: number; err: string }> {
  const { code, out, err } = await cli(['import', ...args, '--json'], variables);
  return { ...(JSON.parse(out) as Report), code, err };
}

const startsOf = async (authority: string, reference: string): Promise<number> =>
  (await register.history(authority, reference)).filter((each) => each.kind === 'inspection-started').length;

describe('import', () => {
  test('the examples and a bad file: the bad one stops nobody, is named with its place, and a second run goes on', async () => {
    const dir = join(folder, 'examples');
    // The made-up example of every key is another story.
    cpSync(EXAMPLES, dir, { recursive: true, filter: (path) => basename(path) !== 'every-key' });
    writeFileSync(join(dir, 'bad.yaml'), 'reference: 2019\nauthority: authorities/middlesbrough.yaml\ntitel: wrong\n');
    writeFileSync(join(dir, '.hidden.yaml'), 'no: inspection\n');
    const table = join(folder, 'report.csv');
    const first = await imported([dir, '--report', table]);
    expect(first.counts).toMatchObject({ started: 5, there: 0, failed: 1, 'no-inspection': 3 });
    expect(first.code).toBe(1);
    // Plain lines, since nobody's terminal is there: one a file.
    expect(first.err.match(/^\d+ of 9: /gm)).toHaveLength(9);
    const bad = first.files.find((each) => each.file.endsWith('bad.yaml'));
    expect(bad?.problems).toContainEqual(
      expect.objectContaining({ line: 3, column: 1, text: expect.stringContaining('expected "title"') as string }),
    );
    expect(bad?.problems.length).toBeGreaterThan(2);
    const csv = readFileSync(table, 'utf8');
    expect(csv.charCodeAt(0)).toBe(0xfeff);
    expect(csv.split('\n')[0]).toContain('File,Inspection,Outcome,Problem in,Line,Column,Problem');
    expect(csv).toContain('middlesbrough/2016,started');

    const second = await imported([dir]);
    expect(second.counts).toMatchObject({ started: 0, there: 5, failed: 1 });
    writeFileSync(
      join(dir, 'bad.yaml'),
      readFileSync(join(dir, 'middlesbrough-2020.yaml'), 'utf8').replace(/^reference: .*$/m, 'reference: 2019'),
    );
    const third = await imported([dir]);
    expect([third.code, third.counts]).toEqual([0, expect.objectContaining({ started: 1, there: 5, failed: 0 })]);
    expect(await startsOf('middlesbrough', '2016')).toBe(1);
    expect((await register.board.authorityFiles()).map((each) => each.id)).toContain('stockton-on-tees');
  }, 300_000);

  test('a dry run starts nothing, and needs no server', async () => {
    const dir = council('dryborough', 3);
    writeFileSync(join(dir, 'zz.yaml'), inspection('late', '', 'x').replace('2026-04-20', '2026-04-31'));
    const { code, out } = await cli(['import', dir, '--dry-run', '--json'], { DUECOURSE_VAR: join(folder, 'nowhere') });
    const report = JSON.parse(out) as Report;
    expect([code, report.counts]).toEqual([1, expect.objectContaining({ good: 3, failed: 1, started: 0 })]);
    expect(report.files.at(-1)?.problems).toMatchObject([{ line: 6, column: 21 }]);
    expect(await register.history('dryborough', 'i-1')).toEqual([]);
  });

  test('what a spreadsheet would take for a formula stays text', async () => {
    const dir = council('formulaborough', 0);
    writeFileSync(join(dir, '=cmd.yaml'), 'a: 1\n');
    const table = join(folder, 'formula.csv');
    // From within the folder the file is named as it is.
    const child = spawn(
      process.execPath,
      [
        fileURLToPath(new URL('../../client/cli/duecourse.mjs', import.meta.url)),
        'import',
        '.',
        '--dry-run',
        '--report',
        table,
      ],
      { cwd: dir, stdio: 'ignore' },
    );
    await once(child, 'exit');
    expect(readFileSync(table, 'utf8')).toContain("'=cmd.yaml");
  });

  test('two files for one inspection, and another file under a reference that runs: both are named', async () => {
    const dir = council('twiceborough', 1);
    writeFileSync(join(dir, '002-copy.yaml'), `# the same, laid out otherwise\n${inspection('i-1')}`);
    writeFileSync(join(dir, '003-other.yaml'), inspection('i-1', '', 'Something else'));
    const first = await imported([dir, '--at-once', '8']);
    expect(first.files.map((each) => each.outcome)).toEqual(['started', 'there', 'failed', 'no-inspection']);
    expect(first.files[2]?.problems[0]?.text).toMatch(/twiceborough\/i-1 is what .*001\.yaml stands for as well/);

    rmSync(join(dir, '001.yaml'));
    rmSync(join(dir, '002-copy.yaml'));
    const second = await imported([dir]);
    expect(second.files[0]).toMatchObject({ inspection: 'twiceborough/i-1', outcome: 'failed' });
    expect(second.files[0]?.problems[0]?.text).toContain('twiceborough/i-1 was started from another file');
    expect((await register.history('twiceborough', 'i-1'))[0]?.data['title']).toBe('Inspection i-1');
  });

  test('what the register knows is not started again, though the engine has forgotten it', async () => {
    const dir = council('oldborough', 2);
    const ended = { authority: 'oldborough', reference: 'i-1', inspectionTitle: 'Long ago' };
    const data = { title: 'Long ago', division: 'england-and-wales' };
    await register.append(ended, [
      entry(1, { kind: 'inspection-started', data }),
      entry(2, { kind: 'inspection-closed' }),
    ]);
    const report = await imported([dir]);
    expect(report.counts).toMatchObject({ started: 1, failed: 1 });
    expect(report.files.find((each) => each.outcome === 'failed')?.problems[0]?.text).toMatch(
      /^oldborough\/i-1 was started before it was kept which file .* can't be told/,
    );
    expect(await startsOf('oldborough', 'i-1')).toBe(1);
  });

  test('killed in the middle, twice: run again, every inspection has been started once', async () => {
    const dir = council('killborough', 24);
    for (const reached of ['6 of 25', '13 of 25']) {
      const running = runCli(['import', dir, '--at-once', '3'], variables);
      await running.says(reached);
      running.process.kill('SIGKILL');
      await running.ended;
    }
    const last = await imported([dir, '--at-once', '3']);
    expect(last.code).toBe(0);
    expect(last.counts['started']).toBeGreaterThan(0);
    expect(last.counts['there']).toBeGreaterThan(0);
    expect((last.counts['started'] ?? 0) + (last.counts['there'] ?? 0)).toBe(24);
    for (let index = 1; index <= 24; index++) {
      await register.reached('killborough', `i-${index}`, 1, 20_000);
      expect(await startsOf('killborough', `i-${index}`)).toBe(1);
    }
  }, 300_000);

  test('Ctrl-C ends what is under way, says what was done, and what was not', async () => {
    const dir = council('stopborough', 30);
    const running = runCli(['import', dir, '--at-once', '2'], variables);
    await running.says('3 of 31');
    running.process.kill('SIGINT');
    expect(await running.ended).toBe(1);
    expect(running.output()).toMatch(/In all: \d+ started, (1 no inspections \(authority files\), )?\d+ not tried\./);
    expect(running.output()).toContain('Run it again and it goes on');
    expect((await imported([dir])).code).toBe(0);
  }, 300_000);

  test('the register lost on the way, for two seconds: said once, and every inspection is started once', async () => {
    const dir = council('lostborough', 24);
    const way = await breakableWay(variables['DATABASE_URL'] ?? '');
    const running = runCli(['import', dir, '--at-once', '3'], { ...variables, DATABASE_URL: way.url });
    await running.says('6 of 25');
    way.cut();
    await running.says('Trying again for half a minute');
    await new Promise((resolve) => setTimeout(resolve, 2000));
    way.mend();
    await running.says('The register is there again.');
    expect(await running.ended).toBe(0);
    expect(running.output().split('Trying again for half a minute')).toHaveLength(2);
    expect(running.output()).toMatch(/In all: 24 started/);
    for (let index = 1; index <= 24; index++) {
      await register.reached('lostborough', `i-${index}`, 1, 20_000);
      expect(await startsOf('lostborough', `i-${index}`)).toBe(1);
    }
  }, 300_000);

  test('the register lost on the way, and not coming back: the rest is not tried, and a second run goes on', async () => {
    const dir = council('goneborough', 24);
    const way = await breakableWay(variables['DATABASE_URL'] ?? '');
    const running = runCli(['import', dir, '--at-once', '3'], { ...variables, DATABASE_URL: way.url });
    await running.says('6 of 25');
    way.cut();
    expect(await running.ended).toBe(1);
    expect(running.output()).toMatch(/The register can't be reached at .*Run it again and it goes on where it was/);
    const again = await imported([dir]);
    expect([again.code, (again.counts['started'] ?? 0) + (again.counts['there'] ?? 0)]).toEqual([0, 24]);
  }, 300_000);

  test('with no engine to reach, nothing is tried 30 times over', async () => {
    const dir = council('outborough', 30);
    const { code, err } = await cli(['import', dir], { ...variables, TEMPORAL_ADDRESS: '127.0.0.1:9' });
    expect([code, err]).toEqual([1, expect.stringContaining("Temporal can't be reached at 127.0.0.1:9")]);
    const noRegister = await cli(['import', dir], {
      ...variables,
      DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none',
    });
    expect([noRegister.code, noRegister.out, noRegister.err]).toEqual([
      1,
      '',
      expect.stringContaining("The register can't be reached at 127.0.0.1:9/none"),
    ]);
  });

  test('no folder, or a bad number: said in a sentence', async () => {
    const missing = await cli(['import', join(folder, 'none')], variables);
    expect([missing.code, missing.err]).toEqual([1, expect.stringContaining('found no such folder')]);
    const many = await cli(['import', folder, '--at-once', '0'], variables);
    expect([many.code, many.err]).toEqual([2, expect.stringContaining('not a number from 1 to 32')]);
    const report = await cli(['import', folder, '--report', join(folder, 'no', 'such', 'place.csv')], variables);
    expect([report.code, report.err]).toEqual([1, expect.stringContaining("can't be written")]);
    expect(existsSync(join(folder, 'no'))).toBe(false);
  });
});
