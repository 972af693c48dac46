import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { cli, runCli } from '../support/cli.ts';
import { isRunning, type ProcessMark } from '../../platform/embedded/processes.ts';
import { freePorts } from '../../platform/embedded/ports.ts';
import { readServerNote } from '../../platform/embedded/server-note.ts';
import { exampleFile } from '../support/example.ts';

const REF = 'exampleton/2016';
const REFS = ['exampleton/2016', 'exampleton/area-send', 'exampleton/childrens-services'];

/** The embedded servers, by the notes they leave beside their data. */
function servers(folder: string): ProcessMark[] {
  return ['temporal', 'postgres'].flatMap((part) => readServerNote(join(folder, part))?.process ?? []);
}

test('npm start in real time: start, list, update, a kill, a restart with nothing lost or sent twice, and a clean end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-dev-'));
  chmodSync(folder, 0o755);
  const [port = 0] = await freePorts(1);
  const variables = { DUECOURSE_VAR: join(folder, 'var'), DUECOURSE_PORT: String(port) };
  const outbox = join(folder, 'var', 'outbox');
  const first = runCli(['dev'], variables);
  try {
    await first.says('Ready.');
    for (const ref of REFS) expect(first.output()).toContain(ref);
    expect(first.output()).toContain('./duecourse history exampleton/2016');
    expect(first.output()).toMatch(
      /open the link in the mail[^]*outbox\/index\.html[^]*democratic-services@exampleton\.example\.org/,
    );
    expect(await (await fetch(`http://127.0.0.1:${port}/healthz`)).json()).toEqual({ status: 'ok' });
    const toStarter = (): string[] => readdirSync(outbox).filter((name) => name.includes('democratic-services'));
    await expect.poll(() => toStarter().length).toBeGreaterThan(0);
    const mails = readdirSync(outbox).sort();
    const starter = mails.find((name) => name.includes('democratic-services'));
    const text = (await simpleParser(readFileSync(join(outbox, starter ?? 'none')))).text ?? '';
    expect(text).toContain('Why this date');
    // Its links lead to the board of this machine, which leads to the sign-in.
    const link = /http:\/\/127\.0\.0\.1:\d+\/inspections\/\S+/.exec(text)?.[0] ?? '';
    expect(link).toContain(`http://127.0.0.1:${port}/inspections/exampleton/`);
    expect((await fetch(link, { redirect: 'manual' })).headers.get('Location')).toMatch(/^\/sign-in\?next=/);

    const list = JSON.parse((await cli(['list', '--json'], variables)).out) as { reference: string; overdue: number }[];
    expect(list).toMatchObject([
      { authority: 'exampleton', reference: '2016', status: 'open', overdue: 0 },
      { authority: 'exampleton', reference: 'area-send', status: 'open' },
      { authority: 'exampleton', reference: 'childrens-services', status: 'open' },
    ]);
    expect(list.filter(({ overdue }) => overdue > 0)).toHaveLength(2);
    expect((await cli(['overdue'], variables)).out).toContain('exampleton/area-send');
    const unsure = await cli(['start', exampleFile('middlesbrough-2011')], variables);
    expect([unsure.code, unsure.err]).toEqual([
      1,
      expect.stringMatching(
        /would be late already: [^]*, \d{4} working days late, and 2 more with it[^]* are told at the next sending time[^]*with --yes/,
      ),
    ]);
    const late = await cli(['start', exampleFile('middlesbrough-2011'), '--yes'], variables);
    expect(late.code).toBe(0);
    const again = await cli(['start', exampleFile('middlesbrough-2011'), '--yes'], variables);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('has been started already')]);
    const all = JSON.parse((await cli(['overdue', '--json'], variables)).out) as {
      reference: string;
      milestone: string;
      workingDaysLate: number;
    }[];
    const overdue = all.filter(({ reference }) => reference === '2011');
    expect(overdue.map((row) => row.milestone)).toContain('plan-submission/written-action-plan');
    expect(overdue.every((row) => row.workingDaysLate > 3000)).toBe(true);
    const submitted = await cli(['submit', REF, 'written-action-plan', '--as', 'executive-director'], variables);
    expect([submitted.code, submitted.out]).toEqual([0, expect.stringContaining('is submitted')]);
    expect((await cli(['submit', REF, 'written-action-plan', '--as', 'executive-director'], variables)).err).toContain(
      'was already submitted',
    );
    expect((await cli(['show', 'middlesbrough/1066'], variables)).err).toContain(
      'There is no inspection "middlesbrough/1066"',
    );

    const authorityFile = fileURLToPath(new URL('../../examples/authorities/middlesbrough.yaml', import.meta.url));
    const applied = await cli(['authority', 'apply', authorityFile], variables);
    expect([applied.code, applied.out]).toEqual([0, expect.stringMatching(/Told +middlesbrough\/2011/)]);
    const refused = await cli(['authority', 'apply', authorityFile, '--as', 'virtual-school-head'], variables);
    expect([refused.code, refused.err]).toEqual([
      1,
      expect.stringContaining("Virtual School Head may not change the authority's file. Administrators may."),
    ]);
    expect((await cli(['resend', REF, '--as', 'democratic-services'], variables)).out).toContain(
      'No undeliverable mail of exampleton/2016 is waiting',
    );

    const before = readdirSync(outbox).map((name) => `${name} ${statSync(join(outbox, name)).mtimeMs}`);
    first.process.kill('SIGKILL');
    await first.ended;
    const second = runCli(['dev'], variables);
    try {
      await second.says('Ready.');
      expect(second.output()).toContain('4 inspections on record');
      const history = JSON.parse((await cli(['history', REF, '--json'], variables)).out) as { kind: string }[];
      expect(history.filter((entry) => entry.kind === 'inspection-started')).toHaveLength(1);
      expect(history.filter((entry) => entry.kind === 'milestone-submitted')).toHaveLength(1);
      expect((await cli(['register', 'verify'], variables)).out).toMatch(/^whole/);
      expect(readdirSync(outbox).map((name) => `${name} ${statSync(join(outbox, name)).mtimeMs}`)).toEqual(before);
    } finally {
      const running = servers(join(folder, 'var'));
      expect(running.map(isRunning)).toEqual([true, true]);
      second.process.kill('SIGINT');
      expect(await second.ended).toBe(0);
      expect(running.map(isRunning)).toEqual([false, false]);
    }
    const third = runCli(['dev', '--empty'], variables);
    try {
      await third.says('Ready.');
      expect(third.output()).toContain('The demonstration is removed: 3 inspections of Exampleton Borough Council.');
      const left = JSON.parse((await cli(['list', '--json'], variables)).out) as object[];
      expect(left).toMatchObject([{ authority: 'middlesbrough', reference: '2011' }]);
    } finally {
      third.process.kill('SIGINT');
      await third.ended;
    }
    const stopped = await cli(['list'], variables);
    expect([stopped.code, stopped.err]).toEqual([1, expect.stringContaining('npm start')]);
  } finally {
    first.process.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}, 600_000);

test('a part of npm start that is killed alone comes back, which is said, and work goes on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-dev-'));
  chmodSync(folder, 0o755);
  const [port = 0] = await freePorts(1);
  const variables = { DUECOURSE_VAR: join(folder, 'var'), DUECOURSE_PORT: String(port) };
  const run = runCli(['dev'], variables);
  const ready = async (): Promise<number> => (await fetch(`http://127.0.0.1:${port}/readyz`)).status;
  try {
    await run.says('Ready.');
    const [temporal, postgres] = servers(join(folder, 'var'));
    for (const [name, mark] of [
      ['PostgreSQL', postgres],
      ['Temporal', temporal],
    ] as const) {
      process.kill(mark?.pid ?? 0, 'SIGKILL');
      await run.says(`${name}: its process ${mark?.pid} has ended without being asked. It is started again`);
      await run.says(`${name}: runs again`);
    }
    await expect.poll(ready, { timeout: 30_000, interval: 500 }).toBe(200);
    const submitted = await cli(['submit', REF, 'written-action-plan', '--as', 'executive-director'], variables);
    expect([submitted.code, submitted.out]).toEqual([0, expect.stringContaining('is submitted')]);
    expect((await cli(['register', 'verify'], variables)).out).toMatch(/^whole/);
  } finally {
    const running = servers(join(folder, 'var'));
    run.process.kill('SIGINT');
    expect(await run.ended).toBe(0);
    expect(running.map(isRunning)).toEqual([false, false]);
    rmSync(folder, { recursive: true, force: true });
  }
}, 600_000);

test('npm start says which inspections have lost their clock, and what brings it back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-dev-'));
  chmodSync(folder, 0o755);
  const [port = 0] = await freePorts(1);
  const variables = { DUECOURSE_VAR: join(folder, 'var'), DUECOURSE_PORT: String(port) };
  const first = runCli(['dev'], variables);
  let second: ReturnType<typeof runCli> | undefined;
  try {
    await first.says('Ready.');
    first.process.kill('SIGINT');
    await first.ended;
    // All is well, so nothing is said of it.
    expect(first.output()).not.toContain('not well');
    // The engine's database is lost, as by a restore of the register alone.
    rmSync(join(folder, 'var', 'temporal'), { recursive: true });
    second = runCli(['dev'], variables);
    await second.says('Ready.');
    await second.says('not well');
    expect(second.output()).toContain(
      `${REF}: The register has it open, and the engine knows nothing of it: its clock does not run.`,
    );
    expect(second.output()).toContain(`Bring its clock back from the register: duecourse recover ${REF}.`);
  } finally {
    first.process.kill('SIGKILL');
    second?.process.kill('SIGINT');
    await second?.ended;
    rmSync(folder, { recursive: true, force: true });
  }
}, 600_000);

test('a part of npm start that can’t come back ends the whole, with a sentence that names it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-dev-'));
  chmodSync(folder, 0o755);
  const [port = 0] = await freePorts(1);
  const run = runCli(['dev', '--empty'], { DUECOURSE_VAR: join(folder, 'var'), DUECOURSE_PORT: String(port) });
  try {
    await run.says('Ready.');
    const [temporal, postgres] = servers(join(folder, 'var'));
    // Its database is no longer one that it can read; before it ends, as it is started again at once.
    const database = join(folder, 'var', 'temporal', 'temporal.db');
    for (const name of ['', '-wal', '-shm']) rmSync(`${database}${name}`, { force: true });
    mkdirSync(database);
    process.kill(temporal?.pid ?? 0, 'SIGKILL');
    expect(await run.ended).toBe(1);
    expect(run.output()).toMatch(/Temporal has ended, and can’t be started again \([^]*so everything was stopped/);
    expect(run.output()).toContain('npm start');
    expect(postgres === undefined || isRunning(postgres)).toBe(false);
  } finally {
    run.process.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}, 600_000);

test('npm start says at once that no mail could leave, and starts all the same', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-dev-'));
  const [port = 0, closed = 0] = await freePorts(2);
  const run = runCli(['dev'], {
    DUECOURSE_VAR: join(folder, 'var'),
    DUECOURSE_PORT: String(port),
    DUECOURSE_SMTP_URL: `smtp://127.0.0.1:${closed}`,
  });
  try {
    await run.says('Ready.');
    await run.says(`Mail can’t leave: the mail server 127.0.0.1:${closed} can't be used`);
    expect(run.output()).toContain('correct DUECOURSE_SMTP_URL');
    // Where a mail server is set nobody is only trying it out.
    expect(run.output()).toContain('No demonstration is begun, because a mail server is set (DUECOURSE_SMTP_URL).');
    expect(run.output()).toContain('npm start -- --demonstration');
    expect(run.output()).not.toContain('exampleton');
  } finally {
    run.process.kill('SIGINT');
    await run.ended;
    rmSync(folder, { recursive: true, force: true });
  }
});
