import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, onTestFinished, test } from 'vitest';
import { type InspectionRef, partsOf } from '../../domain/inspection-ref.ts';
import { sql } from '../register/support.ts';
import type { Authority, Person } from '../../domain/schemas/authority.ts';
import { cli, runCli } from '../support/cli.ts';
import { realTime } from '../support/real-time.ts';

const NEW_DAY = fileURLToPath(new URL('../../examples/bank-holidays/new-day.json', import.meta.url));

/** Four inspections of one council, of which one has a worker of its own that is taken away: it answers nobody. */
async function council() {
  const site = await realTime();
  await site.work();
  const engine = await site.engine();
  const queue = `apart-${randomBytes(4).toString('hex')}`;
  const takeAway = await site.work(queue);
  const silent = await site.start(await site.engine({ queue }));
  await takeAway();
  const others: InspectionRef[] = [];
  for (let n = 0; n < 3; n++) others.push(await site.start(engine));
  await site.register.board.keepAuthority(site.council, new Date().toISOString());
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-many-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const variables = {
    DATABASE_URL: site.databaseUrl,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_NAMESPACE: inject('temporalNamespace'),
    DUECOURSE_TASK_QUEUE: site.taskQueue,
    DUECOURSE_VAR: join(folder, 'var'),
  };
  return {
    site,
    engine,
    silent,
    others,
    variables,
    /** A worker for the silent one. */
    bringBack: () => site.work(queue),
    /** A list with one day more than the new one. */
    anotherDay(): string {
      const list = JSON.parse(readFileSync(NEW_DAY, 'utf8')) as Record<string, { events: object[] }>;
      list['england-and-wales']?.events.push({ title: 'Another', date: '2026-09-07', notes: '', bunting: true });
      const path = join(folder, 'another-day.json');
      writeFileSync(path, JSON.stringify(list));
      return path;
    },
    file(authority: Authority): string {
      const path = join(folder, `${randomBytes(4).toString('hex')}.yaml`);
      writeFileSync(path, JSON.stringify(authority));
      return path;
    },
    changed: async () =>
      Object.fromEntries(
        await Promise.all(
          [silent, ...others].map(
            async (each) => [each, (await site.entries(each, 'authority-changed')).length] as const,
          ),
        ),
      ),
  };
}

/** The same council, with another administrator and another head of service from now on. */
const withNewAdministrator = (authority: Authority): Authority => ({
  ...authority,
  roles: authority.roles.map((role) =>
    role.id === 'democratic-services'
      ? { ...role, capacity: 'owner' }
      : role.id === 'head-of-service'
        ? { ...role, email: 'new-head@anyborough.example.org' }
        : role.id === 'director'
          ? { ...role, capacity: 'administrator' }
          : role,
  ),
  chain: { ...authority.chain, administrator: 'director' },
});

test('authority apply: one that does not answer is named, the others are told; run again it does only what is left', async () => {
  const there = await council();
  const at = (role: string) => there.site.council.roles.find(({ id }) => id === role)?.email ?? '';
  const off = (role: string, delegate: string): Person => ({
    ...{ email: at(role), digest: 'daily', weeklyOn: 'monday' },
    away: [{ from: '2198-12-01', until: '2198-12-05', delegate }],
  });
  const people = [off('team-manager', 'assistant-director'), off('assistant-director', 'director')];
  const file = there.file({ ...withNewAdministrator(there.site.council), people });
  const first = await cli(['authority', 'apply', file], there.variables);
  expect(first.code).toBe(1);
  expect(first.err).toMatch(
    /2198 Team Manager is away, and Assistant Director, who was to stand in, is away too: .* then\./,
  );
  for (const each of there.others) expect(first.out).toMatch(new RegExp(`Told +${each}$`, 'm'));
  expect(first.out).toMatch(new RegExp(`Not told +${there.silent}: .*Nothing was changed`));
  expect(first.out).toContain('3 told, 1 not. Run it again');
  expect(first.err).toContain('4 of 4: ');
  const told = { [there.silent]: 0, ...Object.fromEntries(there.others.map((each) => [each, 1])) };
  await expect.poll(there.changed, { timeout: 10_000 }).toEqual(told);

  await there.bringBack();
  const again = await cli(['authority', 'apply', file], there.variables);
  expect([again.code, again.out]).toEqual([0, expect.stringMatching(new RegExp(`Told +${there.silent}$`, 'm'))]);
  await expect.poll(there.changed, { timeout: 10_000 }).toEqual({ ...told, [there.silent]: 1 });
  // Who was the administrator before is not any more.
  const former = await cli(['authority', 'apply', file, '--as', 'democratic-services'], there.variables);
  expect([former.code, former.out]).toEqual([1, '']);
  expect(former.err).toContain('Democratic Services Manager may not change the authority');
}, 300_000);

test('authority apply: who the new file alone makes an administrator may not apply it; a council of another name is refused', async () => {
  const there = await council();
  await there.bringBack();
  const file = there.file(withNewAdministrator(there.site.council));
  const usurper = await cli(['authority', 'apply', file, '--as', 'director'], there.variables);
  expect([usurper.code, usurper.out]).toEqual([1, '']);
  expect(usurper.err).toContain('may not change the authority');

  const renamed = there.file({ ...there.site.council, name: 'Otherborough Council' });
  const refused = await cli(['authority', 'apply', renamed], there.variables);
  expect([refused.code, refused.out]).toEqual([1, '']);
  expect(refused.err).toContain('is Anyborough Council here, and the file calls it Otherborough Council');
  const copy = there.file({ ...there.site.council, id: 'anyboro' });
  const second = await cli(['authority', 'apply', copy, '--new'], there.variables);
  expect([second.code, second.out]).toEqual([1, '']);
  expect(second.err).toContain(`Anyborough Council is known here already, as "${there.site.council.id}"`);
  expect(Object.values(await there.changed())).toEqual([0, 0, 0, 0]);
  expect((await cli(['authority', 'apply', renamed, '--renamed'], there.variables)).code).toBe(0);
}, 300_000);

test('authority apply: one that is being started, and of which the register has not heard, is told as well', async () => {
  const there = await council();
  await there.bringBack();
  const [late = 'none/none'] = there.others;
  await sql(there.site.databaseUrl, `UPDATE inspection SET status = 'closed' WHERE reference = $1`, [
    partsOf(late).reference,
  ]);
  await expect.poll(() => there.engine.running(there.site.council.id), { timeout: 20_000 }).toContain(late);
  const applied = await cli(
    ['authority', 'apply', there.file(withNewAdministrator(there.site.council))],
    there.variables,
  );
  expect([applied.code, applied.out]).toEqual([0, expect.stringMatching(new RegExp(`Told +${late}$`, 'm'))]);
  expect(applied.out.match(/^Told /gm)).toHaveLength(4);
}, 300_000);

test('authority apply, stopped by Ctrl-C: what is under way ends, and the report says who was told', async () => {
  const there = await council();
  const file = there.file(withNewAdministrator(there.site.council));
  const running = runCli(['authority', 'apply', file], there.variables);
  await running.says('3 of 4: ');
  running.process.kill('SIGINT');
  expect(await running.ended).toBe(1);
  expect(running.output()).toContain('Stopping; what is under way is brought to its end.');
  expect(running.output()).toMatch(new RegExp(`Not told +${there.silent}: `));
  expect(running.output()).toContain('3 told, 1 not');
}, 300_000);

test('calendar approve: one that does not answer is named, the others count by the new day, and the command ends', async () => {
  const there = await council();
  const approve = () =>
    cli(
      ['calendar', 'approve', NEW_DAY, '--authority', there.site.council.id, '--as', 'democratic-services', '--json'],
      there.variables,
    );
  const first = await approve();
  expect(first.code).toBe(1);
  expect(JSON.parse(first.out)).toMatchObject([
    { tried: 4, done: 3, state: 'ended', failed: [{ reference: there.silent, outcome: 'not-told' }] },
  ]);
  const replanned = async () =>
    Promise.all(
      [there.silent, ...there.others].map(async (each) => (await there.site.entries(each, 'calendar-changed')).length),
    );
  await expect.poll(replanned, { timeout: 10_000 }).toEqual([0, 1, 1, 1]);
  await there.bringBack();
  // What is proposed has been approved: nobody need wonder whether it still has to be.
  const { id } = there.site.council;
  const proposed = await cli(['calendar', 'diff', NEW_DAY, '--no-moves'], there.variables);
  expect(proposed.out).toMatch(
    new RegExp(`${id}: its administrator has approved these days already \\(.*it counts by them`),
  );
  const more = await cli(['calendar', 'diff', '--json', '--no-moves', there.anotherDay()], there.variables);
  expect(JSON.parse(more.out)).toMatchObject({
    approvals: [
      { authority: id, approved: expect.any(String) as string, added: [{ date: '2026-09-07' }], removed: [] },
    ],
  });
  const again = await approve();
  expect([again.code, JSON.parse(again.out)]).toMatchObject([0, [{ tried: 4, done: 4, failed: [] }]]);
  await expect.poll(replanned, { timeout: 10_000 }).toEqual([1, 1, 1, 1]);
}, 300_000);

test('calendar approve, stopped by Ctrl-C, says how far it is, and that the rest goes on', async () => {
  const there = await council();
  const running = runCli(
    ['calendar', 'approve', NEW_DAY, '--authority', there.site.council.id, '--as', 'democratic-services'],
    there.variables,
  );
  await running.says('of 4 inspections');
  running.process.kill('SIGINT');
  expect(await running.ended).toBe(1);
  expect(running.output()).toContain('The rest is still being told, without this command.');
}, 300_000);

test('reassign-many: shown first, then done in every open inspection; one that does not answer is named, and the second run does what is left', async () => {
  const there = await council();
  const call = (...more: string[]) =>
    cli(
      ['reassign-many', '--from', 'head-of-service', '--to', 'team-manager', '--as', 'democratic-services', ...more],
      there.variables,
    );
  const [first = there.silent] = there.others;
  const shown = await call(first, '--dry-run');
  expect([shown.code, shown.out]).toEqual([
    0,
    expect.stringContaining('1 duty of Head of Service would go to Team Manager'),
  ]);
  expect(shown.out).toContain('Nothing has been changed.');
  const passed = async () =>
    Promise.all(
      [there.silent, ...there.others].map(async (each) => (await there.site.entries(each, 'work-reassigned')).length),
    );
  expect(await passed()).toEqual([0, 0, 0, 0]);
  // Nobody is there to be asked.
  const unasked = await call(first);
  expect([unasked.code, unasked.err]).toEqual([1, expect.stringContaining('say the same with --yes')]);
  const all = await call('--all', '--authority', there.site.council.id, '--yes', '--reason', 'has left');
  expect(all.code).toBe(1);
  for (const each of there.others)
    expect(all.out).toMatch(new RegExp(`^${each}: \\d+ dut.* of Head of Service went to`, 'm'));
  expect(all.out).toMatch(new RegExp(`Not told +${there.silent}: .*`));
  await expect.poll(passed, { timeout: 10_000 }).toEqual([0, 1, 1, 1]);

  await there.bringBack();
  const again = await call('--all', '--authority', there.site.council.id, '--yes');
  expect([again.code, again.out]).toEqual([0, expect.stringContaining(`${first}: nothing of Head of Service’s`)]);
  await expect.poll(passed, { timeout: 10_000 }).toEqual([1, 1, 1, 1]);
  const mistyped = await call('--all', '--authority', there.site.council.id, '--yes', '--from', 'head-of-servise');
  expect([mistyped.code, mistyped.out]).toEqual([1, expect.stringContaining('did you mean')]);
}, 300_000);
