import { TRY } from '../support/digests.ts';
import proto from '@temporalio/proto';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, onTestFinished, test } from 'vitest';
import { readSettings } from '../../platform/settings.ts';
import { examineAll } from '../../client/doctor.ts';
import { workflowId } from '../../client/engine.ts';
import { namesOf } from '../../domain/closed-table.ts';
import { FINDINGS } from '../../domain/doctor/findings.ts';
import type { FindingCode } from '../../domain/doctor/kinds.ts';
import { type InspectionRef, partsOf } from '../../domain/inspection-ref.ts';
import { ensureNamespaceAndSearchAttributes } from '../../platform/embedded/namespace.ts';
import { openRegister } from '../../register/register.ts';
import type { Report } from '../../worker/doctor/look.ts';
import { lookAtRoom } from '../../worker/doctor/files.ts';
import { ownNote } from '../../worker/presence.ts';
import { bundleWorkflows } from '../../worker/workflow-bundle.ts';
import { rawServer, smtpServer } from '../mail/servers.ts';
import { digest, entry, ownDatabase, sql } from '../register/support.ts';
import { openWard, SECRET, type Ward } from './ward.ts';
import { openConnection } from '../../platform/temporal-connection.ts';

const { IndexedValueType } = proto.temporal.api.enums.v1;
const LONG_AGO = '2026-01-05T09:00:00.000Z';
const SLOW = { timeout: 90_000, interval: 1000 };

/** Makes a ward ill in one way; returns what a look finds, and what of it is expected to be said. */
type Raise = (ward: Ward) => Promise<{ report: Report; says: RegExp; about?: InspectionRef }>;

/** A worker that differs in one mark from all others. */
const odd =
  (mark: object, says: RegExp): Raise =>
  async (ward) => {
    await ward.work();
    const { settings } = ward.parts();
    const note = await ownNote(settings, 'pages', {
      namespace: inject('temporalNamespace'),
      secret: SECRET,
    });
    await ward.register.processes.keep({ ...note, identity: 'duecourse-1-odd', host: 'odd.example.org', ...mark });
    return { report: await ward.look(), says };
  };

/** The register refuses what is written, by PostgreSQL's own words for it. */
const refusing =
  (code: string, says: RegExp): Raise =>
  async (ward) => {
    await sql(
      ward.databaseUrl,
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '${code}'; END $$;
       CREATE TRIGGER refuse BEFORE INSERT ON running_process FOR EACH STATEMENT EXECUTE FUNCTION refuse()`,
    );
    return { report: await ward.look(), says };
  };

/** A namespace that only this test has. */
async function ownNamespace(prepare: 'whole' | 'bare'): Promise<string> {
  const name = `ward-${randomBytes(4).toString('hex')}`;
  const connection = await openConnection({ address: inject('temporalAddress') });
  onTestFinished(() => connection.close());
  if (prepare === 'whole') await ensureNamespaceAndSearchAttributes(connection, name);
  else {
    await connection.workflowService.registerNamespace({
      namespace: name,
      workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
    });
    await expect
      .poll(
        () =>
          connection.operatorService.listSearchAttributes({ namespace: name }).then(
            () => true,
            () => false,
          ),
        SLOW,
      )
      .toBe(true);
  }
  return name;
}

/** With somebody else's connection to the register: another user, or another database. */
async function lookBy(ward: Ward, url: string): Promise<Report> {
  const register = openRegister({ url });
  onTestFinished(() => register.close());
  const { examine } = await import('../../worker/doctor/doctor.ts');
  return examine({ ...ward.parts(), register });
}

const unread = async (ward: Ward, variables: Record<string, string>): Promise<Report> =>
  examineAll({ ...ward.variables, ...variables }, () => readSettings({ ...ward.variables, ...variables }));

const RAISED: Readonly<Record<FindingCode, Raise>> = {
  'settings-unusable': async (ward) => ({
    report: await unread(ward, { DUECOURSE_PORT: 'x' }),
    says: /DUECOURSE_PORT "x": expected a port/,
  }),
  'setting-unknown': async (ward) => ({
    report: await ward.look({ DUECOURSE_COLOUR_OF_PAGES: 'x' }),
    says: /DUECOURSE_COLOUR_OF_PAGES is not a setting/,
  }),
  'setting-incomplete': async (ward) => ({
    report: await ward.look({ DUECOURSE_DEPLOYMENT: 'live' }),
    says: /DUECOURSE_DEPLOYMENT is set, and DUECOURSE_BUILD_ID is not/,
  }),
  'secret-missing': async (ward) => ({
    report: await ward.look({ DUECOURSE_SECRET: '' }),
    says: /DUECOURSE_SECRET is not set/,
  }),
  'files-open': async (ward) => {
    mkdirSync(join(ward.folder, 'outbox'), { mode: 0o700 });
    writeFileSync(join(ward.folder, 'outbox', 'a.eml'), 'x');
    chmodSync(join(ward.folder, 'outbox', 'a.eml'), 0o644);
    return { report: await ward.look(), says: /can read or change \S+outbox\/a\.eml\./ };
  },
  'rules-unusable': async (ward) => {
    const folder = join(ward.folder, 'rules');
    mkdirSync(join(folder, 'packs'), { recursive: true });
    writeFileSync(join(folder, 'packs', 'ours.yaml'), 'id: theirs\n');
    process.env['DUECOURSE_RULES'] = folder;
    try {
      return { report: await unread(ward, {}), says: /ours\.yaml:1:1 / };
    } finally {
      delete process.env['DUECOURSE_RULES'];
    }
  },
  'register-unreachable': async (ward) => ({
    report: await unread(ward, { DATABASE_URL: 'postgres://u:hidden@127.0.0.1:1/x' }),
    says: /can't be reached at 127\.0\.0\.1:1\/x/,
  }),
  'register-unfit': async (ward) => ({
    report: await lookBy(ward, await ownDatabase()),
    says: /has not been set up yet/,
  }),
  'register-read-only': async (ward) => {
    const database = new URL(ward.databaseUrl).pathname.slice(1);
    await sql(ward.databaseUrl, `ALTER DATABASE ${database} SET default_transaction_read_only = on`);
    return { report: await lookBy(ward, ward.databaseUrl), says: /nothing can be written to it/ };
  },
  'register-full': refusing('53100', /no room left on its disk/),
  'register-failing': refusing('XX001', /answers, and fails: could not extend file/),
  'register-forbidden': async (ward) => {
    const role = `reader_${randomBytes(4).toString('hex')}`;
    await sql(
      ward.databaseUrl,
      `CREATE ROLE ${role} LOGIN PASSWORD 'x'; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role};
       REVOKE INSERT ON entry, sealed FROM ${role}`,
    );
    onTestFinished(() => sql(ward.databaseUrl, `DROP OWNED BY ${role}; DROP ROLE ${role}`));
    const url = new URL(ward.databaseUrl);
    url.username = role;
    url.password = 'x';
    return { report: await lookBy(ward, url.href), says: /may not write to entry, sealed\./ };
  },
  'room-low': async (ward) => {
    const findings = await lookAtRoom(ward.parts().settings, Number.MAX_SAFE_INTEGER);
    return { report: { ...(await ward.look()), findings }, says: /Little room is left on the disk of \S+: \d+ MB/ };
  },
  'engine-unreachable': async (ward) => ({
    report: await unread(ward, { TEMPORAL_ADDRESS: '127.0.0.1:1' }),
    says: /Temporal can't be reached at 127\.0\.0\.1:1/,
  }),
  'engine-denied': async (ward) => {
    const server = createServer();
    server.on('stream', (stream) => {
      stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '16' }, { endStream: true });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const report = await unread(ward, { TEMPORAL_ADDRESS: `127.0.0.1:${port}` });
    return { report, says: /does not let us in: it wants to know who we are/ };
  },
  'namespace-missing': async (ward) => ({
    report: await ward.look({ TEMPORAL_NAMESPACE: 'not-there' }),
    says: /has no namespace not-there/,
  }),
  'search-attribute-missing': async (ward) => ({
    report: await ward.look({ TEMPORAL_NAMESPACE: await ownNamespace('bare') }),
    says: /lacks the search attribute DuecourseAuthority/,
  }),
  'search-attribute-wrong': async (ward) => {
    const namespace = await ownNamespace('bare');
    await ward.client.connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: { DuecourseOverdue: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD },
    });
    const wrong = async () =>
      (await ward.look({ TEMPORAL_NAMESPACE: namespace })).findings.some(
        ({ code }) => code === 'search-attribute-wrong',
      );
    await expect.poll(wrong, SLOW).toBe(true);
    return {
      report: await ward.look({ TEMPORAL_NAMESPACE: namespace }),
      says: /another type than duecourse needs: DuecourseOverdue/,
    };
  },
  'schedule-missing': async () => {
    const ward = await openWard(await ownNamespace('whole'));
    await ward.work();
    return {
      report: await ward.look({ DUECOURSE_BANK_HOLIDAYS: '/dev/null' }),
      says: /no Temporal Schedule calendar-watch/,
    };
  },
  'schedule-paused': async () => {
    const ward = await openWard(await ownNamespace('whole'));
    await ward.work();
    await ward.engine.keepCalendarWatch();
    await ward.client.schedule.getHandle('calendar-watch').pause();
    return {
      report: await ward.look({ DUECOURSE_BANK_HOLIDAYS: '/dev/null' }),
      says: /Schedule calendar-watch is paused/,
    };
  },
  'worker-missing': async (ward) => ({ report: await ward.look(), says: new RegExp(`task queue ${ward.taskQueue}:`) }),
  'worker-silent': async (ward) => {
    const stop = await ward.work();
    const id = await ward.start();
    await stop();
    const { child } = ward.workApart();
    await ward.engine.view(id);
    // For the engine it asks for work for a minute and more.
    child.kill('SIGKILL');
    return {
      report: await ward.look(),
      says: /none answers now: the one open inspection that was asked gave no answer/,
    };
  },
  'worker-unknown': async (ward) => {
    await ward.work({ unannounced: true });
    await expect
      .poll(async () => (await ward.look()).findings.some(({ code }) => code === 'worker-missing'), SLOW)
      .toBe(false);
    return { report: await ward.look(), says: /The worker duecourse-\d+-[0-9a-f]{8} asks for work here/ };
  },
  'version-differs': odd({ version: '9.9.9' }, /9\.9\.9 for pages duecourse-1-odd on odd\.example\.org/),
  'code-differs': odd({ code: 'f'.repeat(64) }, /ffffffff for pages duecourse-1-odd/),
  'bank-holidays-differ': odd({ bankHolidays: 'f'.repeat(64) }, /ffffffff for pages duecourse-1-odd/),
  'rules-differ': odd({ rules: 'f'.repeat(64) }, /ffffffff for pages duecourse-1-odd/),
  'keys-differ': odd({ keys: ['a:0123456789abcdef'] }, /a \(01234567\) for pages duecourse-1-odd/),
  'secret-differs': odd({ secret: 'f'.repeat(16) }, /ffffffff for pages duecourse-1-odd/),
  'clock-off': async (ward) => {
    await ward.work();
    await sql(ward.databaseUrl, 'UPDATE running_process SET clock_off_ms = -7200000');
    return { report: await ward.look(), says: /The clock of worker \S+ on \S+ \(2 hours behind\) differs/ };
  },
  'mail-unreachable': async (ward) => {
    // Takes the connection, and never says anything.
    const { address } = await rawServer(() => undefined);
    return { report: await ward.look({ DUECOURSE_SMTP_URL: `smtp://${address}` }), says: /did not answer in time/ };
  },
  'mail-refused': async (ward) => {
    const { address } = await smtpServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(Object.assign(new Error('5.7.8 no'), { responseCode: 535 })),
    });
    const url = `smtp://somebody:hidden@${address}?requireTls=false`;
    return { report: await ward.look({ DUECOURSE_SMTP_URL: url }), says: /did not let us sign in: 535/ };
  },
  'mail-put-off': async (ward) => {
    await ward.register.claim(digest(), 'm1', LONG_AGO, TRY);
    await ward.register.settle(digest().id, 'delayed', 'the mail server put it off: 450 later', LONG_AGO, TRY);
    return {
      report: await ward.look(),
      says: /1 mail, the oldest since 9:00am on Monday 5 January 2026; last: the mail server put it off: 450 later/,
    };
  },
  'mail-unsettled': async (ward) => {
    await ward.register.claim(digest(), 'm1', LONG_AGO, TRY);
    return { report: await ward.look(), says: /1 mail, the oldest since 9:00am on Monday 5 January 2026/ };
  },
  'inspection-stuck': async (ward) => {
    const stop = await ward.work();
    const id = await ward.start();
    await stop();
    const { code } = await bundleWorkflows(
      fileURLToPath(new URL('../workflows/fixtures/changed-workflow.ts', import.meta.url)),
    );
    await ward.work({ bundle: { code } });
    await ward.client.workflow.getHandle(workflowId(id)).signal('nothing that it knows');
    const found = async () => (await ward.look()).findings.some((each) => each.code === 'inspection-stuck');
    await expect.poll(found, SLOW).toBe(true);
    return {
      report: await ward.look(),
      says: /It can’t go on: the workers’ code does not fit what it has done so far .*tried \d+ times/,
      about: id,
    };
  },
  'inspection-not-recording': async (ward) => {
    await ward.work();
    const id = await ward.start();
    const { milestones } = await ward.engine.view(id);
    await sql(
      ward.databaseUrl,
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'could not read block 7' USING ERRCODE = 'XX001'; END $$;
       CREATE TRIGGER refuse BEFORE INSERT ON entry FOR EACH STATEMENT EXECUTE FUNCTION refuse()`,
    );
    const open = milestones.find(({ status }) => status === 'open');
    if (open === undefined) throw new Error('nothing is open');
    const promise = { milestone: open.id, promisedOn: open.due };
    await ward.engine.command(id, 'acknowledge', promise, { id: 'x', role: open.owner });
    const found = async () => (await ward.look()).findings.some((each) => each.code === 'inspection-not-recording');
    await expect.poll(found, SLOW).toBe(true);
    return {
      report: await ward.look(),
      says: /does not reach the register: could not read block 7 \(tried \d+ times\)/,
      about: id,
    };
  },
  'inspection-late': async (ward) => {
    await ward.work();
    const id = await ward.start();
    return {
      report: await ward.look({}, { now: '2040-01-01T00:00:00.000Z' }),
      says: /Its clock rang at .* and nothing has come of it/,
      about: id,
    };
  },
  'inspection-not-running': async (ward) => {
    await ward.work();
    const id = await ward.start();
    await ward.client.workflow.getHandle(workflowId(id)).terminate('an operator');
    return {
      report: await ward.look(),
      says: /the engine says that it has ended \(terminated\): its clock does not run/,
      about: id,
    };
  },
  'inspection-unrecorded': async (ward) => {
    await ward.work();
    const id = await ward.start();
    await sql(ward.databaseUrl, 'DELETE FROM inspection');
    const now = new Date(Date.now() + 3 * 60_000).toISOString();
    return { report: await ward.look({}, { now }), says: /the register knows nothing of it/, about: id };
  },
  'inspection-engine-behind': async (ward) => {
    await ward.work();
    const id = await ward.start();
    const { seq } = await ward.engine.view(id);
    await ward.register.append({ ...partsOf(id), inspectionTitle: 'x' }, [entry(seq + 1), entry(seq + 2)]);
    return {
      report: await ward.look(),
      says: new RegExp(`no\\. ${seq} in the engine and no\\. ${seq + 2} in the register`),
      about: id,
    };
  },
  'inspection-register-behind': async (ward) => {
    await ward.work();
    const id = await ward.start();
    const { seq } = await ward.engine.view(id);
    await sql(ward.databaseUrl, 'ALTER TABLE entry DISABLE TRIGGER entry_is_append_only');
    await sql(ward.databaseUrl, 'DELETE FROM entry WHERE key = $1', [`lifecycle/${seq}`]);
    return {
      report: await ward.look(),
      says: new RegExp(`no\\. ${seq} in the engine and no\\. ${seq - 1} in the register`),
      about: id,
    };
  },
  'council-odd': async (ward) => {
    await ward.work();
    const { authority } = (await ward.engine.facts(await ward.start())).facts;
    const [first, second, ...others] = authority.roles;
    if (first === undefined || second === undefined) throw new Error('the council has roles');
    const vacant = others.map(({ email: _nobody, ...role }) => role);
    const [email, capacity] = ['both@anyborough.example.org', 'member' as const];
    const roles = [{ ...first, email }, { ...second, email, capacity }, ...vacant];
    await ward.register.board.keepAuthority({ ...authority, roles }, LONG_AGO);
    const report = await unread(ward, {});
    const odd = report.findings.filter(({ code }) => code === 'council-odd').map(({ what }) => what);
    expect(odd).toContainEqual(expect.stringMatching(/: Nobody holds the role of .*: others get its mail\.$/));
    return { report, says: /both@anyborough\.example\.org holds .* a councillor would have an officer’s rights/ };
  },
  'inspection-council-differs': async (ward) => {
    await ward.work();
    const id = await ward.start();
    const { authority } = (await ward.engine.facts(id)).facts;
    await ward.register.board.keepAuthority({ ...authority, name: `${authority.name} (renamed)` }, LONG_AGO);
    return { report: await ward.look(), says: /another file of its council/, about: id };
  },
  'inspection-silent': async (ward) => {
    const stop = await ward.work();
    const id = await ward.start();
    await stop();
    // A worker that has been frozen: for the engine it still asks for work.
    const { child } = ward.workApart();
    await ward.engine.view(id);
    child.kill('SIGSTOP');
    const report = await ward.look();
    // Before the inspection, for which nobody answers.
    expect(report.findings[0]?.code).toBe('worker-silent');
    return { report, says: /did not answer within 15 seconds/, about: id };
  },
  'look-incomplete': async (ward) => {
    await sql(ward.databaseUrl, 'DROP TABLE mail');
    return { report: await ward.look(), says: /mail: relation "mail" does not exist/ };
  },
};

test.each(namesOf(RAISED))('%s is found, with what is wrong and what to do', async (code) => {
  const { report, says, about } = await RAISED[code](await openWard());
  const found = report.findings.filter((each) => each.code === code);
  expect(found.map(({ what }) => what)).toContainEqual(expect.stringMatching(says) as string);
  for (const each of found) {
    expect(each.severity).toBe(FINDINGS[code].severity);
    expect(each.inspection).toBe(about);
  }
  expect(report.ok).toBe(code === 'room-low' ? report.ok : false);
  const said = JSON.stringify(report);
  expect(said).not.toMatch(/hidden|REF/);
  if (about !== undefined && FINDINGS[code].do.includes('REF')) expect(said).toContain(`duecourse recover ${about}`);
});

test('all is well with a worker and an inspection, and nothing is found that is not there', async () => {
  const ward = await openWard();
  await ward.work();
  const id = await ward.start();
  const report = await ward.look();
  expect(report.findings).toEqual([]);
  expect(report).toMatchObject({ ok: true, unseen: [], inspections: [{ inspection: id, alike: 'same' }] });
  // In sending hours the first mails are due at once; when they have gone, what comes next is yet to come.
  const untilNext = async () => Date.parse((await ward.look()).inspections[0]?.nextWake ?? '') - Date.now();
  await expect.poll(untilNext, SLOW).toBeGreaterThan(0);
});
